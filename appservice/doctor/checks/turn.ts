import { createSocket } from "node:dgram";
import { connect as connectTcp, isIPv6, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { SignalResponse } from "@livekit/protocol";
import { type Finding, inOrder, notLookedAt, reasonOf, warning } from "../finding.ts";
import { randomBytes } from "../../time/chance.ts";
import { clearTimer, repeat, startTimer } from "../../time/time.ts";

const WITHIN_MS = 4_000;
const SENT_AGAIN_MS = 500;
const COOKIE = 0x2112a442;

/**
 * Looks for TURN servers, the way round for people whose networks let little through; a client would come in at
 * `signal`, by `token`.
 */
export async function turnFindings(signal: string, token: string): Promise<Finding[]> {
  const servers = (await announcedAt(signal, token)).flatMap((url) => serverIn(url) ?? []);
  if (servers.length === 0) {
    return [
      notLookedAt(
        "LiveKit names no TURN server: who sits behind a strict firewall hears nothing.",
        "For such people set turn.enabled and turn.domain in LiveKit's configuration, best with TLS on port 443.",
      ),
    ];
  }
  return Promise.all(servers.map(findingOf));
}

/** LiveKit names its servers in its first message to a client that comes in. */
function announcedAt(signal: string, token: string): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  const socket = new WebSocket(signal, { headers: { Authorization: `Bearer ${token}` } });
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }: MessageEvent) => {
    const { message } =
      data instanceof ArrayBuffer ? SignalResponse.fromBinary(new Uint8Array(data)) : new SignalResponse();
    if (message.case === "join") resolve(message.value.iceServers.flatMap(({ urls }) => urls));
  });
  for (const end of ["error", "close"])
    socket.addEventListener(end, () => reject(new Error("LiveKit did not say how it is reached")));
  const late = startTimer(() => reject(new Error("LiveKit did not say in time how it is reached")), WITHIN_MS);
  return promise.finally(() => {
    clearTimer(late);
    socket.close();
  });
}

type Server = {
  readonly url: string;
  readonly tls: boolean;
  readonly udp: boolean;
  readonly host: string;
  readonly port: number;
};

/** The address of a relay (RFC 7065); null for one that only tells people their own address. */
function serverIn(url: string): Server | null {
  const [, scheme, host, port, transport] =
    /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(\w+))?$/.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return null;
  const tls = scheme === "turns";
  return {
    url,
    tls,
    udp: !tls && transport !== "tcp",
    host: host.replace(/^\[|\]$/g, ""),
    port: Number(port ?? (tls ? 5349 : 3478)),
  };
}

async function findingOf(server: Server): Promise<Finding> {
  try {
    await (server.udp ? bound(server) : connected(server));
    return inOrder(`TURN answers at ${server.url}.`);
  } catch (error) {
    return warning(
      `TURN does not answer at ${server.url} (${reasonOf(error)}): who sits behind a strict firewall hears nothing.`,
      "Open that port, let turn.domain lead to LiveKit, and mind that the certificate is of that name.",
    );
  }
}

/**
 * The question of STUN that every such server answers without a password (RFC 8489 §14), sent again as datagrams get
 * lost.
 */
function bound({ host, port }: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const question = Buffer.alloc(20);
  question.writeUInt16BE(1, 0);
  question.writeUInt32BE(COOKIE, 4);
  randomBytes(12).copy(question, 8);
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  socket.on("error", reject);
  socket.on("message", (answer) => {
    if (answer.length >= 20 && answer.subarray(8, 20).equals(question.subarray(8))) resolve();
  });
  const ask = () => socket.send(question, port, host, (error) => error && reject(error));
  ask();
  const again = repeat(ask, SENT_AGAIN_MS);
  const late = startTimer(() => reject(new Error("no answer in time")), WITHIN_MS);
  return promise.finally(() => {
    clearTimer(again);
    clearTimer(late);
    socket.close();
  });
}

function connected({ host, port, tls }: Server): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket: Socket = tls
    ? connectTls({ host, port, ...(isIPv6(host) ? {} : { servername: host }) }, resolve)
    : connectTcp({ host, port }, resolve);
  socket.on("error", reject);
  socket.setTimeout(WITHIN_MS, () => reject(new Error("no answer in time")));
  return promise.finally(() => socket.destroy());
}
