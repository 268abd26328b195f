import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Homeserver } from "./homeserver.ts";
import { isAway, isForGood, isUnfit } from "./homeserver-failure.ts";
import { pauseAfterLimit } from "./limits.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

const ROOM = roomId("!room:hs");
const LOGIN = "<html><head><title>Please log in</title></head></html>";
let asked: IncomingMessage[];
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let homeserver: Homeserver;
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    respond(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  homeserver = new Homeserver({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asToken: "as-secret",
    botId: personId("@bot:hs"),
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const answers = (
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = { "Content-Type": "text/html" },
) => {
  respond = (_, response) => void response.writeHead(status, headers).end(body);
};
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const both = async () => [
  await failureOf(homeserver.state(ROOM)),
  await failureOf(homeserver.send(ROOM, "m.room.message", "t1", { body: "x" })),
];

describe("a homeserver for which somebody else answers is away", () => {
  test.each([500, 502, 503, 504, 520, 521, 522, 523, 524, 404, 403, 401, 400, 407, 418])(
    "status %d as a page",
    async (status) => {
      answers(status, "<html><head><title>nginx</title></head></html>");
      for (const error of await both())
        expect([isAway(error), isForGood(error), isUnfit(error)]).toEqual([true, false, false]);
    },
  );

  test.each([
    ["nothing", ""],
    ["a page", LOGIN],
    ["half an answer", '[{"type":"m.room.mem'],
    ["null", "null"],
    ["a text", '"ok"'],
    ["another's JSON", '{"status":"maintenance"}'],
  ])("status 200 with %s", async (_, body) => {
    answers(200, body);
    for (const error of await both()) expect(isAway(error)).toBe(true);
  });

  test.each([
    [503, '{"message":"upstream down"}'],
    [502, "null"],
    [503, ""],
    [502, "[]"],
    [504, '"errcode"'],
  ])("status %d with %s", async (status, body) => {
    answers(status, body, { "Content-Type": "application/json" });
    for (const error of await both()) expect(isAway(error)).toBe(true);
  });

  test("a page to log in, elsewhere", async () => {
    respond = (request, response) =>
      void (request.url === "/login"
        ? response.writeHead(200, { "Content-Type": "text/html" }).end(LOGIN)
        : response.writeHead(302, { Location: "/login" }).end());
    for (const error of await both()) expect(isAway(error)).toBe(true);
  });

  test("what is no HTTP, or breaks off", async () => {
    respond = (request) => void request.socket.end("hello\r\n\r\n");
    for (const error of await both()) expect(isAway(error)).toBe(true);
    respond = (_, response) =>
      void response.writeHead(200, { "Content-Length": "100" }).write("[", () => response.destroy());
    for (const error of await both()) expect(isAway(error)).toBe(true);
    answers(200, gzipSync("[]").subarray(0, 8), { "Content-Encoding": "gzip" });
    for (const error of await both()) expect(isAway(error)).toBe(true);
  });

  test("and nothing of its answer, in which our token stands, is thrown", async () => {
    answers(502, "<html></html>");
    for (const error of await both())
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String(error)).not.toContain("as-secret");
  });
});

test("state of which each event is as long as can be is read in pieces, and mended", async () => {
  const content = `{"x":[${"1,".repeat(30_000)}"a\u202e"],"toJSON":1}`;
  const event = `{"type":"a","state_key":"","sender":"@eve:hs","content":${content},"unsigned":{}}`;
  answers(200, `[${Array.from({ length: 50 }, () => event)}]`, { "Content-Type": "application/json" });
  const parse = vi.spyOn(JSON, "parse");
  const state = await homeserver.state(ROOM);
  const longest = Math.max(...parse.mock.calls.map(([text]) => text.length));
  parse.mockRestore();
  expect(longest).toBeLessThan(300_000);
  expect(state).toHaveLength(50);
  const x = [...Array.from({ length: 30_000 }, () => 1), "a"];
  expect(state.at(-1)).toEqual({ type: "a", state_key: "", sender: "@eve:hs", content: { x } });
});

test("what the homeserver itself refuses is refused", async () => {
  answers(403, '{"errcode":"M_FORBIDDEN","error":"no"}', { "Content-Type": "application/json" });
  for (const error of await both()) expect([isAway(error), isForGood(error)]).toEqual([false, true]);
  answers(413, "<html>Request Entity Too Large</html>");
  for (const error of await both()) expect([isAway(error), isUnfit(error)]).toEqual([false, true]);
});

test("one message that a proxy does not let through can be told from a homeserver that is away", async () => {
  answers(403, "<html>blocked by a rule</html>");
  const [, error] = await both();
  expect(await homeserver.failsAtThisAlone(error)).toBe(false);
  answers(200, "{}", { "Content-Type": "application/json" });
  expect(await homeserver.failsAtThisAlone(error)).toBe(true);
  answers(502, "<html></html>");
  const [, away] = await both();
  answers(200, "{}", { "Content-Type": "application/json" });
  expect(await homeserver.failsAtThisAlone(away)).toBe(false);
});

describe("a limit", () => {
  test.each([
    ["JSON", { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 0 }, {}],
    ["a page", "<html></html>", { "Retry-After": "0" }],
  ])("is waited out, as %s", async (_, body, headers) => {
    respond = (__, response) =>
      void (asked.length < 2
        ? response.writeHead(429, headers).end(typeof body === "string" ? body : JSON.stringify(body))
        : response.end("[]"));
    const before = performance.now();
    expect(await homeserver.state(ROOM)).toEqual([]);
    expect(performance.now() - before).toBeGreaterThanOrEqual(245);
    expect(asked).toHaveLength(2);
  });

  test.each([undefined, null, 0, -5, "", "soon", "0", NaN, {}, [], true])(
    "without a time (%j) is met by pauses that grow",
    (named) => {
      expect([1, 2, 3, 4, 30].map((tries) => pauseAfterLimit(named, tries, () => 0))).toEqual([
        250, 500, 1_000, 2_000, 60_000,
      ]);
    },
  );

  test("with a time is kept, as far as that is one", () => {
    expect(pauseAfterLimit(1_500, 1, () => 0)).toBe(1_500);
    expect(pauseAfterLimit("1500", 1, () => 0)).toBe(1_500);
    expect(pauseAfterLimit(10, 4, () => 0)).toBe(2_000);
    for (const huge of [1e12, Infinity, "9".repeat(400)]) expect(pauseAfterLimit(huge, 1, () => 0)).toBe(60_000);
  });

  test("does not bring all back in the same moment", () => {
    expect(pauseAfterLimit(1_000, 1, () => 1)).toBe(1_200);
  });
});
