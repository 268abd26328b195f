import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Router } from "express";
import { pino } from "pino";
import { Registry } from "prom-client";
import { expect, onTestFinished, test, vi } from "vitest";
import { noteRoom } from "./api-failure.ts";
import { appserviceApi, knowsHomeserver } from "./appservice-api.ts";
import { fewConnections } from "./few-connections.ts";
import { health } from "./health.ts";
import { LimitOptions } from "./limits.ts";
import { type BindOptions, listen } from "./server.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

type Given = {
  readonly limits?: Partial<LimitOptions>;
  readonly trustedProxies?: readonly string[];
  readonly patience?: BindOptions["patience"];
  readonly onEvents?: () => void;
};

async function served({ limits = {}, trustedProxies = [], patience, onEvents = () => {} }: Given = {}) {
  const events: unknown[] = [];
  const logged: string[] = [];
  const widgetApi = Router();
  widgetApi.post("/session", (_, response) => void response.json({}));
  widgetApi.get(
    "/rooms",
    (request, response) =>
      void response
        .status(
          request.headers.authorization?.startsWith("Bearer ann") ||
            request.headers.authorization?.startsWith("Bearer bob")
            ? 200
            : 401,
        )
        .json({}),
  );
  widgetApi.get("/rooms/:room/graph", (_, response) => void response.json({}));
  widgetApi.post("/rooms/:room/translation", (_, response) => void response.json({}));
  widgetApi.get("/away", () => {
    throw Object.assign(new Error("who is in the room?"), { code: "HOMESERVER_AWAY" });
  });
  widgetApi.get("/broken", (request) => {
    noteRoom(request, roomId("!garden:example.org"));
    throw new Error("as_token=secret-of-ours at /srv/mindminder");
  });
  const webhooks: string[] = [];
  const bearer = (header = "") => {
    const name = /^Bearer (ann|bob)\b/.exec(header)?.[1];
    return name === undefined ? null : personId(name);
  };
  const server = await listen(
    {
      known: {
        homeserver: knowsHomeserver("token-of-the-homeserver"),
        // “Bearer ann 1” is a session of Ann's.
        person: ({ headers: { authorization } }) => bearer(authorization),
      },
      appservice: appserviceApi({
        hsToken: "token-of-the-homeserver",
        receive: (list) => {
          onEvents();
          events.push(...list);
        },
        onMalformed: () => {},
      }),
      widgetApi,
      widgetFiles: Router(),
      health: health({ registry: new Registry(), missing: () => [] }),
      livekitWebhook: async (body, authorization) => {
        if (authorization !== "signed") throw new Error("not signed");
        webhooks.push(body);
      },
    },
    { bind: "127.0.0.1", port: 0, trustedProxies, limits: LimitOptions.parse(limits), ...(patience && { patience }) },
    pino({ level: "error" }, { write: (line: string) => void logged.push(line) }),
  );
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  return { events, logged, webhooks, port, ask: (path: string, init: RequestInit = {}) => fetch(base + path, init) };
}

const times = (count: number) => Array.from({ length: count });
const transaction = (
  authorization: string | null,
  body = '{"events":[{"event_id":"$1","type":"m.room.message","room_id":"!r:hs"}]}',
): RequestInit => ({
  method: "PUT",
  body,
  headers: { "content-type": "application/json", ...(authorization === null ? {} : { authorization }) },
});

test("only the homeserver's own token brings events in", async () => {
  const { ask, events } = await served();
  for (const [authorization, status] of [
    [null, 401],
    ["Bearer ", 401],
    ["Bearer token-of-the-homeserve", 403],
    ["Bearer token-of-the-homeserver2", 403],
    ["Bearer TOKEN-OF-THE-HOMESERVER", 403],
  ] as const) {
    expect((await ask("/_matrix/app/v1/transactions/1", transaction(authorization))).status).toBe(status);
  }
  expect(events).toEqual([]);
  expect((await ask("/_matrix/app/v1/transactions/1", transaction("Bearer token-of-the-homeserver"))).status).toBe(200);
  expect(events).toEqual([{ event_id: "$1", type: "m.room.message", room_id: "!r:hs" }]);
});

test("forty events that a member has crafted are read and kept one after another, with others in between", async () => {
  const event = (nth: number) =>
    `{"event_id":"$${nth}","type":"m.room.message","room_id":"!r:hs","content":{"x":[${"1,".repeat(30_000)}1]}}`;
  const body = `{"events":[${Array.from({ length: 40 }, (_, nth) => event(nth))}]}`;
  const turns = new Set<number>();
  let turn = 0;
  const others = setInterval(() => turn++);
  onTestFinished(() => clearInterval(others));
  const { ask, events } = await served({
    onEvents: () => {
      turns.add(turn);
      const until = performance.now() + 6;
      while (performance.now() < until);
    },
  });
  const parse = vi.spyOn(JSON, "parse");
  expect(
    (await ask("/_matrix/app/v1/transactions/1", transaction("Bearer token-of-the-homeserver", body))).status,
  ).toBe(200);
  const longest = Math.max(...parse.mock.calls.map(([text]) => text.length));
  parse.mockRestore();
  expect(events).toHaveLength(40);
  expect(longest).toBeLessThan(300_000);
  expect(turns.size).toBeGreaterThan(10);
});

test("a transaction that is no JSON is refused as such", async () => {
  const { ask, events } = await served();
  for (const body of ["{", `["${"x".repeat(200_000)}"`, `{"events":[${"[".repeat(300_000)}`])
    expect(
      (await ask("/_matrix/app/v1/transactions/1", transaction("Bearer token-of-the-homeserver", body))).status,
    ).toBe(400);
  expect(events).toEqual([]);
});

test("nobody reads what else is in a stranger's transaction, however large: the token comes first", async () => {
  const { ask } = await served();
  const answer = await ask("/_matrix/app/v1/transactions/1", transaction("Bearer wrong", "x".repeat(1_000_000)));
  expect(answer.status).toBe(403);
});

test("what is not JSON, not a transaction, or a webhook without LiveKit's signature is refused in words", async () => {
  const { ask, events } = await served();
  const right = "Bearer token-of-the-homeserver";
  for (const body of ["{", "[]", '"text"', '{"events":{}}', "null", '{"events":[1]}']) {
    const answer = await ask("/_matrix/app/v1/transactions/1", transaction(right, body));
    if (answer.status !== 200)
      expect(await answer.json()).toMatchObject({ errcode: expect.stringMatching(/^M_/), error: expect.any(String) });
  }
  expect(events).toEqual([]);
  expect((await ask("/livekit/webhook", { method: "POST", body: "{}" })).status).toBe(401);
  expect((await ask("/livekit/webhook", { method: "POST", body: "x".repeat(300_000) })).status).toBe(413);
});

test("a failure inside tells a client nothing of the inside, and the log does not hold the request's token", async () => {
  const { ask, logged } = await served();
  const answer = await ask("/api/v1/broken?access_token=theirs", { headers: { authorization: "Bearer theirs" } });
  expect(answer.status).toBe(500);
  const id = answer.headers.get("x-request-id") ?? "";
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(await answer.json()).toEqual({
    errcode: "M_UNKNOWN",
    error: `Something went wrong on our side. Tell your admin the number of this request: ${id}.`,
  });
  expect(logged.join("")).toContain(`"request":"${id}"`);
  expect(answer.headers.get("x-powered-by")).toBeNull();
  expect(logged.join("")).toContain("a request failed");
  expect(logged.join("")).toContain('"room":"!garden:example.org"');
  expect(logged.join("")).not.toContain("theirs");
});

test("a homeserver that is away is no failure of ours, and is told apart from one", async () => {
  const { ask } = await served();
  const answer = await ask("/api/v1/away");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    errcode: "ORG.MINDMINDER.HOMESERVER_AWAY",
    error: "The homeserver does not answer. Try again in a moment.",
  });
});

test("a proxy's id of a request is kept; what is none does not get into our log", async () => {
  const { ask, logged } = await served();
  const idOf = async (given: string) =>
    (await ask("/api/v1/broken", { headers: { "x-request-id": given } })).headers.get("x-request-id");
  expect(await idOf("proxy-0815.7")).toBe("proxy-0815.7");
  expect(logged.join("")).toContain('"request":"proxy-0815.7"');
  expect(await idOf("short")).not.toBe("short");
  expect(await idOf("a".repeat(65))).toMatch(/^[0-9a-f]{12}$/);
  expect(await idOf("level:60 <script>")).toMatch(/^[0-9a-f]{12}$/);
});

test("a connection is kept for the next press, which comes a minute later", async () => {
  const { ask } = await served();
  const { headers } = await ask("/api/v1/session", { method: "POST" });
  expect(Number(/timeout=(\d+)/.exec(headers.get("keep-alive") ?? "")?.[1])).toBeGreaterThanOrEqual(60);
});

test("who opens too many sessions waits, and is told how long", async () => {
  const { ask } = await served({ limits: { sessions: 3 } });
  const open = () => ask("/api/v1/session", { method: "POST" });
  for (const _ of times(3)) expect((await open()).status).toBe(200);
  const late = await open();
  expect(late.status).toBe(429);
  expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await late.json()).toMatchObject({ errcode: "M_LIMIT_EXCEEDED" });
});

test("one person who asks without end, by however many sessions, does not take the service from another", async () => {
  const { ask } = await served({ limits: { requests: 5 } });
  const flood = await Promise.all(
    times(20).map((_, i) => ask("/api/v1/rooms", { headers: { authorization: `Bearer ann ${i}` } })),
  );
  expect(flood.filter(({ status }) => status === 429)).toHaveLength(15);
  expect((await ask("/api/v1/rooms", { headers: { authorization: "Bearer bob" } })).status).toBe(200);
});

test("graphs and files have a measure of their own", async () => {
  const { ask } = await served({ limits: { files: 2 } });
  const asked = (path: string, who = "ann") =>
    ask(path, { headers: { authorization: `Bearer ${who}` } }).then(({ status }) => status);
  for (const _ of times(2)) expect(await asked("/api/v1/rooms/r/graph")).toBe(200);
  expect(await asked("/api/v1/rooms/r/graph")).toBe(429);
  expect(await asked("/api/v1/rooms/r/graph/files/mermaid")).toBe(429);
  for (const path of ["meetings/m/files/csv", "meetings/m/audio", "meetings/m/audio/1.1", "my-account/now"])
    expect(await asked(`/api/v1/rooms/r/${path}`), path).toBe(429);
  expect(await asked("/api/v1/rooms")).toBe(200);
  expect(await asked("/api/v1/rooms/r/graph", "bob")).toBe(200);
});

test("translations are counted, too, apart from files", async () => {
  const { ask } = await served({ limits: { translations: 2, files: 1 } });
  const translated = (who: string) =>
    ask("/api/v1/rooms/r/translation", { method: "POST", headers: { authorization: `Bearer ${who}` } });
  const answers = [await translated("ann"), await translated("ann"), await translated("ann"), await translated("bob")];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
});

test("a flood of refused requests locks out neither the homeserver, nor LiveKit, nor who has a session at the same address", async () => {
  const { ask, events, webhooks } = await served({ limits: { failures: 3 } });
  const refused = await Promise.all(
    times(30).map((_, i) =>
      ask(["/api/v1/rooms", "/_matrix/app/v1/ping", "/livekit/webhook"][i % 3]!, {
        method: i % 3 === 0 ? "GET" : "POST",
        headers: { authorization: "Bearer wrong" },
      }),
    ),
  );
  expect(refused.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(25);
  expect((await ask("/_matrix/app/v1/transactions/1", transaction("Bearer token-of-the-homeserver"))).status).toBe(200);
  expect(
    (await ask("/livekit/webhook", { method: "POST", body: "{}", headers: { authorization: "signed" } })).status,
  ).toBe(200);
  expect((await ask("/api/v1/rooms", { headers: { authorization: "Bearer ann" } })).status).toBe(200);
  expect((await ask("/api/v1/session", { method: "POST" })).status).toBe(200);
  expect([events.length, webhooks.length]).toEqual([1, 1]);
});

test("what the homeserver asks of people who do not exist is no failure of its own", async () => {
  const { ask } = await served({ limits: { failures: 3 } });
  const right = { authorization: "Bearer token-of-the-homeserver" };
  for (const i of times(20).keys())
    expect((await ask(`/_matrix/app/v1/users/%40mindminder_${i}%3Ahs`, { headers: right })).status).toBe(404);
  expect((await ask("/_matrix/app/v1/transactions/1", transaction("Bearer token-of-the-homeserver"))).status).toBe(200);
});

test("half a request does not hold its connection", async () => {
  const { port, ask } = await served({ patience: { headersMs: 200, requestMs: 400, lookEveryMs: 50 } });
  const halves = [
    "GET /healthz HTTP/1.1\r\nHost: x\r\n",
    "POST /livekit/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
  ];
  const ended = halves.map(
    (half) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(half));
        socket
          .on("close", () => resolve())
          .on("error", () => {})
          .resume();
      }),
  );
  await Promise.all(ended);
  expect((await ask("/healthz")).status).toBe(200);
});

test("one address holds so many connections and no more; a trusted proxy as many as it needs", async () => {
  const server = createServer((_, response) => void response.end());
  let trusted = false;
  fewConnections(server, () => trusted, 3);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const answered = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      socket
        .once("data", () => resolve(true))
        .once("close", () => resolve(false))
        .on("error", () => {});
    });
  expect([await answered(), await answered(), await answered(), await answered()]).toEqual([true, true, true, false]);
  trusted = true;
  expect(await answered()).toBe(true);
});

test("guessing tokens is slowed down for the address it comes from, by whatever door", async () => {
  const { ask } = await served({ limits: { failures: 4 } });
  const guesses = [
    await ask("/api/v1/rooms", { headers: { authorization: "Bearer 1" } }),
    await ask("/api/v1/rooms", { headers: { authorization: "Bearer 2" } }),
    await ask("/_matrix/app/v1/ping", { method: "POST", headers: { authorization: "Bearer 3" } }),
    await ask("/livekit/webhook", { method: "POST", body: "{}" }),
  ];
  expect(guesses.map(({ status }) => status)).toEqual([401, 401, 403, 401]);
  expect((await ask("/livekit/webhook", { method: "POST", body: "{}" })).status).toBe(429);
});

test.each([
  { trustedProxies: [], last: 429, says: "a stranger's word on where a request comes from is not believed" },
  { trustedProxies: ["loopback"], last: 200, says: "a trusted proxy's is" },
])("$says", async ({ trustedProxies, last }) => {
  const { ask } = await served({ limits: { sessions: 2 }, trustedProxies });
  const from = (address: string) => ask("/api/v1/session", { method: "POST", headers: { "x-forwarded-for": address } });
  for (const address of ["203.0.113.1", "203.0.113.2"]) expect((await from(address)).status).toBe(200);
  expect((await from("203.0.113.3")).status).toBe(last);
});
