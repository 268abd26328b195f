import type { Session } from "@mindminder/protocol/http-api.ts";
import type { SessionRequest } from "@mindminder/protocol/session-proof.ts";
import type { Host } from "./host.ts";

/** The session that this page has already, or the one that the host's proof is worth. */
export async function openSession(
  host: Pick<Host, "proof" | "kept" | "refusal">,
  send: (proof: SessionRequest) => Promise<Session>,
): Promise<Session> {
  const known = host.kept?.find();
  if (known) return known;
  const session = await send(await host.proof()).catch((cause: unknown) => {
    throw host.refusal?.(cause) ?? cause;
  });
  host.kept?.keep(session);
  return session;
}
