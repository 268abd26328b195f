import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { TwirpRefused, twirp } from "./twirp.ts";

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function livekit(answer: RequestListener) {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return twirp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

test("a request names its method, and carries its token and its body", async () => {
  const seen: unknown[] = [];
  const post = await livekit((request, response) => {
    let body = "";
    request
      .on("data", (piece) => (body += piece))
      .on("end", () => {
        seen.push(request.method, request.url, request.headers.authorization, JSON.parse(body));
        response.end("{}");
      });
  });
  await post("MutePublishedTrack", "token", { room: "!круг", muted: true });
  expect(seen).toEqual([
    "POST",
    "/twirp/livekit.RoomService/MutePublishedTrack",
    "Bearer token",
    { room: "!круг", muted: true },
  ]);
});

test("a refusal keeps its status", async () => {
  const post = await livekit((_request, response) => response.writeHead(404).end('{"code":"not_found"}'));
  await expect(post("UpdateRoomMetadata", "token", {})).rejects.toMatchObject({ name: TwirpRefused.name, status: 404 });
});

test("a connection that LiveKit closed meanwhile is replaced, unseen", async () => {
  let requests = 0;
  const post = await livekit((request, response) => {
    requests++;
    if (requests === 2) request.socket.destroy();
    else response.end("{}");
  });
  await post("UpdateRoomMetadata", "token", {});
  await post("UpdateRoomMetadata", "token", {});
  expect(requests).toBe(3);
});

test("a LiveKit that is away is an error, at once", async () => {
  const post = await livekit(() => {});
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await expect(post("UpdateRoomMetadata", "token", {})).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("a request whose answer is lost is given up after its own time", async () => {
  const post = await livekit(() => {});
  await expect(post("MutePublishedTrack", "token", {}, 50)).rejects.toThrow("within 0.05 s");
});
