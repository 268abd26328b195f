import { KnockResponse } from "@mindminder/protocol/guests.ts";
import { DEVICE_HEADER } from "@mindminder/protocol/http-api.ts";
import { SESSION_ROUTES } from "@mindminder/protocol/routes/session.ts";
import { send } from "./send.ts";

export type Knocking = { readonly code: string; readonly browser: string; readonly name?: string | undefined };

/** Stands before the door with a link for guests. Throws `ServiceFailure`. */
export async function knock(base: URL, device: string, body: Knocking): Promise<KnockResponse> {
  const headers = { [DEVICE_HEADER]: device };
  return KnockResponse.parse(
    await send(SESSION_ROUTES.knock, { base, path: SESSION_ROUTES.knock.path, headers, body }),
  );
}
