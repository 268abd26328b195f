import { z } from "zod";
import { ParticipantId } from "../protocol/identity.ts";
import type { ProofOf } from "../protocol/session-proof.ts";
import { ProofRefused } from "./proof-refused.ts";
import { timeLimit } from "../time/time.ts";

const UserInfo = z.object({ sub: ParticipantId });
/** Milliseconds to wait for a homeserver: people who come in look at an empty page meanwhile, and can try again. */
const TIMEOUT_MS = 1_800;

/** Server name → address at which its federation API answers. Only servers that are configured are asked. */
export type OpenIdServers = ReadonlyMap<string, string>;

/**
 * Proves who somebody is, by their homeserver's word (Client-Server API "OpenID"; Server-Server API
 * `/_matrix/federation/v1/openid/userinfo`). A server speaks for its own people alone.
 */
export async function proveIdentity(
  { openid }: Pick<ProofOf<"matrix">, "openid">,
  servers: OpenIdServers,
): Promise<ParticipantId> {
  const serverName = openid.matrix_server_name;
  const base = servers.get(serverName);
  if (!base) throw new ProofRefused("UNKNOWN_HOMESERVER");
  const url = new URL("/_matrix/federation/v1/openid/userinfo", base);
  url.searchParams.set("access_token", openid.access_token);
  const response = await fetch(url, { redirect: "error", signal: timeLimit(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw new ProofRefused("HOMESERVER_SILENT", { cause: withoutToken(cause) });
  });
  if (!response.ok) throw new ProofRefused("UNPROVEN");
  const info = UserInfo.safeParse(await saidIn(response).catch(() => null));
  if (!info.success || !info.data.sub.endsWith(`:${serverName}`)) throw new ProofRefused("OTHER_SERVER");
  return info.data.sub;
}

/** Most bytes of an answer: nobody's name is longer, and one without end is not waited for. */
const MOST_BYTES = 64_000;

async function saidIn(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > MOST_BYTES) throw new Error("the answer is too long");
    chunks.push(chunk as Uint8Array);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
}

/** The failed address holds the token; the log gets the kind of failure alone. */
function withoutToken(cause: unknown): Error {
  const code = (cause as { cause?: { code?: unknown } } | null)?.cause?.code;
  return new Error(`openid userinfo: ${typeof code === "string" ? code : "no answer"}`);
}
