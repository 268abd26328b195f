import { KnockResponse } from "@mindminder/protocol/guests.ts";
import { DEVICE_HEADER } from "@mindminder/protocol/http-api.ts";
import { ROUTES } from "@mindminder/protocol/routes.ts";
import { API } from "@mindminder/protocol/routes/route.ts";
import { failureFrom, ServiceFailure } from "./failure.ts";

export type Knocking = { readonly code: string; readonly browser: string; readonly name?: string | undefined };

const PATIENCE_MS = 15_000;

/** Stands before the door with a link for guests. Throws `ServiceFailure`. */
export async function knock(base: URL, device: string, asking: Knocking): Promise<KnockResponse> {
  const response = await fetch(new URL(ROUTES.knock.path.slice(API.length + 1), base), {
    method: "POST",
    headers: { "Content-Type": "application/json", [DEVICE_HEADER]: device },
    body: JSON.stringify(asking),
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new ServiceFailure("away", { cause });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failureFrom(response.status, answer);
  const parsed = KnockResponse.safeParse(answer);
  if (!parsed.success) throw new ServiceFailure("away", { errcode: "UNREADABLE", cause: parsed.error });
  return parsed.data;
}
