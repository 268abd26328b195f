import type { Session } from "@mindminder/protocol/http-api.ts";
import type { SessionRequest } from "@mindminder/protocol/session-proof.ts";
import type { Host } from "./host.ts";

/**
 * The session that this page has already, or the one that the host's proof is worth. `refused`: token of one that the
 * service does not take any more.
 */
export async function openSession(
  host: Pick<Host, "proof" | "kept" | "refusal">,
  send: (proof: SessionRequest) => Promise<Session>,
  refused: string | null = null,
): Promise<Session> {
  const known = host.kept?.find();
  if (known && known.token !== refused) return known;
  if (known) host.kept?.drop();
  const session = await send(await host.proof()).catch((cause: unknown) => {
    throw host.refusal?.(cause) ?? cause;
  });
  host.kept?.keep(session);
  return session;
}
