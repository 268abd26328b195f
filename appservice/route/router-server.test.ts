import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { serve } from "../../tests/support/stack/answering-server.ts";
import { rawRequest } from "../../tests/support/doors/raw-request.ts";
import { API_ERRORS } from "../protocol/api-errors.ts";
import { createRouter } from "./create-router.ts";
import { PLACES, RouterDoor } from "./router-door.ts";
import { ShardPlaces } from "./shard-places.ts";
import { ShardTable } from "./shard-table.ts";

const NOBODY = "http://127.0.0.1:9";

/** Service that tells by which name it was asked. */
const shard = (name: string) => serve((_, response) => void response.end(JSON.stringify({ name })));

/** Router of a shard that is away and one that answers, as `mindminder route` has it. */
async function router({
  standbyAfterMs = 1,
  shards,
}: {
  standbyAfterMs?: number;
  shards?: Record<string, string>;
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-router-"));
  const table = ShardTable.parse({
    shards: shards ?? { away: NOBODY, here: await shard("here") },
    rooms: Object.keys(shards ?? { away: "", here: "" }).map((name) => ({ room: `!${name}:x`, shard: name })),
  });
  const hsToken = "token";
  const { server, close } = createRouter({ table, folder, hsToken, standbyAfterMs, log: pino({ level: "silent" }) });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const ask = (room: string) => fetch(`${url}/api/v1/rooms/${encodeURIComponent(room)}/scenarios`);
  const figures = async () => (await fetch(`${url}/metrics`)).text();
  return { url, ask, figures, table, door: (name: string) => new RouterDoor(url, name, hsToken) };
}

test("a standby takes over a shard that is away, once, and its rooms are answered from there", async () => {
  const { ask, door, figures } = await router();
  expect((await ask("!away:x")).status).toBe(503);
  await expect.poll(() => door("away").look()).toMatchObject({ address: NOBODY, epoch: 1, mayBeTaken: true });
  const address = await shard("standby");
  expect(await door("away").take({ address, epoch: 1 })).toMatchObject({ address, epoch: 2 });
  expect(await (await ask("!away:x")).json()).toEqual({ name: "standby" });
  expect(await door("away").take({ address: await shard("another"), epoch: 1 })).toBeNull();
  expect((await door("away").look()).address).toBe(address);
  const seen = await figures();
  expect(seen).toMatch(/taken_over_total\{shard="away"\} 1/);
  expect(seen).toMatch(/refused_total\{shard="away"\} 1/);
});

test("a shard that answers is taken over by nobody", async () => {
  const { door, ask } = await router();
  const { epoch } = await door("here").look();
  expect(await door("here").take({ address: NOBODY, epoch })).toBeNull();
  expect(await (await ask("!here:x")).json()).toEqual({ name: "here" });
});

test("what waits for a shard is brought to the standby that took it over, in its order", async () => {
  const { url, door, figures } = await router();
  const events = [1, 2].map((id) => ({ room_id: "!away:x", event_id: `$${id}` }));
  const headers = { authorization: "Bearer token", "content-type": "application/json" };
  const put = fetch(`${url}/_matrix/app/v1/transactions/1`, {
    method: "PUT",
    headers,
    body: JSON.stringify({ events }),
  });
  await expect.poll(figures).toMatch(/events_waiting\{shard="away"\} 1/);
  await expect.poll(figures).toMatch(/shard_up\{shard="away"\} 0/);
  const got: string[] = [];
  const address = await serve((request, response) => {
    request.setEncoding("utf8").on("data", (part: string) => got.push(part));
    request.on("end", () => response.end("{}"));
  });
  await expect.poll(async () => (await door("away").look()).mayBeTaken).toBe(true);
  await door("away").take({ address, epoch: 1 });
  await expect.poll(() => got.join("")).toContain('"$1"');
  expect(got.join("")).toMatch(/\$1.*\$2/s);
  expect((await put).status).toBe(200);
  await expect.poll(figures).toMatch(/events_waiting\{shard="away"\} 0/);
});

test("only who knows the registration asks for places, and what is no order is refused", async () => {
  const { url } = await router();
  const ask = (token: string | null, body?: object, shardName = "away") =>
    fetch(`${url}${PLACES}/${shardName}`, {
      method: body ? "PUT" : "GET",
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).then(({ status }) => status);
  expect(await Promise.all([ask(null), ask("wrong"), ask("wrong", { address: NOBODY, epoch: 1 })])).toEqual([
    401, 403, 403,
  ]);
  expect(await ask("token", { address: "file:///etc/passwd", epoch: 1 })).toBe(400);
  expect(await ask("token", undefined, "nowhere")).toBe(404);
});

test("an admin who writes another address into the table means it, and whoever holds the shard learns it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-places-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const open = (address: string) =>
    new ShardPlaces(join(folder, "places.db"), ShardTable.parse({ shards: { one: address } }));
  const first = open("http://10.0.0.1:1");
  expect(first.move("one", "http://10.0.0.2:1", 1)).toMatchObject({ epoch: 2 });
  first.close();
  const again = open("http://10.0.0.1:1");
  expect(again.of("one")).toMatchObject({ address: "http://10.0.0.2:1", epoch: 2 });
  again.close();
  const changed = open("http://10.0.0.3:1");
  expect(changed.of("one")).toEqual({ address: "http://10.0.0.3:1", epoch: 3 });
  expect(changed.of("two")).toBeNull();
  changed.close();
});

/** Shard that refuses everything for this reason. */
const refusing = (code: "GUESTS_FULL" | "GUEST_LINK_OVER" | "TOO_MUCH") =>
  serve((_, response) => {
    const { status, errcode, sentence } = API_ERRORS[code];
    response.writeHead(status, { "content-type": "application/json", "retry-after": "7" });
    response.end(JSON.stringify({ errcode, error: sentence }));
  });

test.each([
  { one: "GUESTS_FULL", two: "GUEST_LINK_OVER", told: "GUESTS_FULL" },
  { one: "GUEST_LINK_OVER", two: "GUESTS_FULL", told: "GUESTS_FULL" },
  { one: "TOO_MUCH", two: "GUEST_LINK_OVER", told: "TOO_MUCH" },
  { one: "GUEST_LINK_OVER", two: "TOO_MUCH", told: "TOO_MUCH" },
  { one: "TOO_MUCH", two: "GUESTS_FULL", told: "GUESTS_FULL" },
  { one: "GUEST_LINK_OVER", two: "GUEST_LINK_OVER", told: "GUEST_LINK_OVER" },
  { one: null, two: "GUESTS_FULL", told: "GUESTS_FULL" },
  { one: null, two: "GUEST_LINK_OVER", told: "SHARD_AWAY" },
  { one: "GUEST_LINK_OVER", two: null, told: "SHARD_AWAY" },
] as const)("whose link $one and $two refuse is told $told", async ({ one, two, told }) => {
  const { url } = await router({
    shards: { one: one ? await refusing(one) : NOBODY, two: two ? await refusing(two) : NOBODY },
  });
  const answer = await fetch(`${url}/api/v1/guest`, { method: "POST", body: "{}" });
  expect([answer.status, await answer.json()]).toMatchObject([
    API_ERRORS[told].status,
    { errcode: API_ERRORS[told].errcode },
  ]);
  if (told === "TOO_MUCH") expect(answer.headers.get("retry-after")).toBe("7");
});

test("the shard that knows a link answers, whatever the others say", async () => {
  const { url } = await router({
    shards: { one: await refusing("GUEST_LINK_OVER"), two: await shard("two"), three: NOBODY },
  });
  const answer = await fetch(`${url}/api/v1/session`, { method: "POST", body: "{}" });
  expect(await answer.json()).toEqual({ name: "two" });
});

test.each([
  "/widget/../metrics",
  "/widget/%2e%2E/metrics",
  "/widget/.%2e/metrics?x=1",
  "/api/v1/rooms/x/../../../../metrics",
  "/api/v1/rooms/x/%2e%2e/%2e%2e/%2e%2e/%2e%2e/metrics",
  "/api/v1/my-data/../../../shard/rooms/!x:hs",
  "/widget/./index.html",
  "/widget/..",
])("nothing else of a shard is reached by %s", async (path) => {
  const asked: string[] = [];
  const address = await serve((request, response) => {
    asked.push(request.url ?? "");
    response.end("{}");
  });
  const { url } = await router({ shards: { x: address } });
  const { status } = await rawRequest({ port: Number(new URL(url).port), path, method: "GET", headers: {} });
  expect(status).toBe(404);
  expect(asked.filter((each) => !each.startsWith("/ready") && !each.startsWith("/healthz"))).toEqual([]);
});

test.each([
  { path: "/api/v1/rooms/!x:x/meeting", method: "GET" },
  { path: "/widget/index.html", method: "GET" },
  { path: "/api/v1/my-data/code", method: "GET" },
])("an answer to $path that breaks off at the shard breaks off at the router", async ({ path, method }) => {
  const address = await serve((_, response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    response.write("half", () => response.socket?.destroy());
  });
  const { url } = await router({ shards: { x: address } });
  await expect(fetch(`${url}${path}`, { method }).then((answer) => answer.text())).rejects.toThrow();
});
