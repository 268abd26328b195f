import { z } from "zod";
import { ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { ProofOf } from "../protocol/session-proof.ts";
import type { HomeserverSaid, OpenIdHomeservers } from "./openid-homeservers.ts";
import { ProofRefused } from "./proof-refused.ts";

const UserInfo = z.object({ sub: ParticipantId });
const USER_INFO_PATH = "/_matrix/federation/v1/openid/userinfo";

/**
 * Proves who somebody is, by their homeserver's word (Client-Server API "OpenID"; Server-Server API
 * `/_matrix/federation/v1/openid/userinfo`). A server speaks for its own people alone. Throws `ProofRefused`.
 */
export async function proveIdentity(
  { openid, roomId }: Pick<ProofOf<"matrix">, "openid"> & { readonly roomId: RoomId },
  homeservers: OpenIdHomeservers,
): Promise<ParticipantId> {
  const serverName = openid.matrix_server_name;
  const ask = await homeservers.of(serverName, roomId);
  const query = new URLSearchParams({ access_token: openid.access_token });
  const said = await ask(`${USER_INFO_PATH}?${query.toString()}`).catch((cause: unknown) => {
    throw new ProofRefused("HOMESERVER_SILENT", { cause: withoutToken(cause) });
  });
  if (isAway(said)) throw new ProofRefused("HOMESERVER_SILENT", { cause: new Error(`status ${said.status}`) });
  if (said.status !== 200) throw new ProofRefused("UNPROVEN");
  const info = UserInfo.safeParse(json(said.text));
  if (!info.success || !info.data.sub.endsWith(`:${serverName}`)) throw new ProofRefused("OTHER_SERVER");
  return info.data.sub;
}

/** A proxy whose server is down, or a server that has had too much, says nothing about its person. */
const isAway = ({ status }: HomeserverSaid) => status === 429 || status >= 500;

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The failed address holds the token; the log gets the kind of failure alone. */
function withoutToken(cause: unknown): Error {
  const code = codeOf(cause) ?? codeOf((cause as { cause?: unknown } | null)?.cause);
  return new Error(`openid userinfo: ${code ?? "no answer"}`);
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
