import { KnockResponse } from "@mindminder/protocol/guests.ts";
import { DEVICE_HEADER } from "@mindminder/protocol/http-api.ts";
import { ROUTES } from "@mindminder/protocol/routes.ts";
import { send } from "./send.ts";

export type Knocking = { readonly code: string; readonly browser: string; readonly name?: string | undefined };

/** Stands before the door with a link for guests. Throws `ServiceFailure`. */
export async function knock(base: URL, device: string, body: Knocking): Promise<KnockResponse> {
  const headers = { [DEVICE_HEADER]: device };
  return KnockResponse.parse(await send(ROUTES.knock, { base, path: ROUTES.knock.path, headers, body }));
}
