import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { TokenVerifier } from "livekit-server-sdk";

/** Key and secret that its requests are to be signed with. */
export const EGRESS_KEYS = { apiKey: "key-of-egress", apiSecret: "a-secret-that-is-long-enough-for-it" };

type Info = {
  readonly egressId: string;
  readonly roomName: string;
  status: string;
  readonly [request: string]: unknown;
};

/**
 * Stands in for the API of LiveKit's Egress, which cannot be run here: it speaks the same Twirp protocol, asks for the
 * same right (`roomRecord`), and records nothing.
 */
export async function egressStandIn() {
  const all: Info[] = [];
  const asked: string[] = [];
  /** `beforeAnswer`: what it waits for once it has begun to record; `mute`: its answers to that are lost. */
  const state = { away: false, mute: false, beforeAnswer: Promise.resolve() };
  const answers: Record<string, (body: Record<string, unknown>) => unknown> = {
    ListEgress: () => ({ items: all.filter(({ status }) => status !== "EGRESS_COMPLETE") }),
    StartParticipantEgress: (body) => begun(body, "participant"),
    StartRoomCompositeEgress: (body) => begun(body, "roomComposite"),
    StopEgress: ({ egressId }) => {
      const found = all.find((each) => each.egressId === egressId);
      if (!found) return null;
      found.status = "EGRESS_ENDING";
      return found;
    },
  };
  const begun = (body: Record<string, unknown>, kind: string) => {
    const info = {
      egressId: `EG_${all.length + 1}`,
      roomName: String(body.roomName),
      status: "EGRESS_ACTIVE",
      [kind]: body,
    };
    all.push(info);
    return info;
  };
  const server = createServer(async (request, response) => {
    const method = /^\/twirp\/livekit\.Egress\/(\w+)$/.exec(request.url ?? "")?.[1] ?? "";
    const body = await bodyOf(request);
    const say = (status: number, made: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(made));
    if (state.away) return say(503, { code: "unavailable", msg: "no egress is connected" });
    const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
    const claims = await new TokenVerifier(EGRESS_KEYS.apiKey, EGRESS_KEYS.apiSecret).verify(token).catch(() => null);
    if (!claims?.video?.roomRecord) return say(401, { code: "unauthenticated", msg: "permissions denied" });
    asked.push(method);
    const made = answers[method]?.(body);
    if (method.startsWith("Start")) await state.beforeAnswer;
    if (method.startsWith("Start") && state.mute) return say(503, { code: "unavailable", msg: "no response" });
    return made ? say(200, made) : say(404, { code: "not_found", msg: `${method}: there is none` });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    all,
    asked,
    /** Whom it records, by name; `call`: all of it. */
    recording: () =>
      all
        .filter(({ status }) => status === "EGRESS_ACTIVE")
        .map(({ participant }) => (participant as { identity: string } | undefined)?.identity ?? "call")
        .sort(),
    /** Has what was stopped written to its end. */
    finish() {
      for (const info of all) if (info.status === "EGRESS_ENDING") info.status = "EGRESS_COMPLETE";
    },
    close: () => (server.closeAllConnections(), server.close()),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return JSON.parse(Buffer.concat(pieces).toString("utf8") || "{}") as Record<string, unknown>;
}
