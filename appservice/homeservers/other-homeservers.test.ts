import { lookup } from "node:dns";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { type Authority, makeAuthority } from "../../tests/support/stack/certificates.ts";
import { simulateTime, timeSource } from "../time/source.ts";
import { guardedGet, type GuardedGet, type LookUpAll } from "./guarded-get.ts";
import { OtherHomeservers } from "./other-homeservers.ts";
import { WellKnown } from "./well-known.ts";

let authority: Authority;
beforeAll(async () => {
  authority = await makeAuthority();
});

const LOOPBACK = ["127.0.0.0/8"];
let now = 0;
beforeEach(() => {
  now = 1_000_000;
});

/** A server on loopback that is certified for these names; all that it was asked for. */
async function server(names: readonly string[], answer: RequestListener) {
  const { certificate, key } = await authority.certify(...names);
  const asked: string[] = [];
  const made = createServer({ cert: certificate, key }, (request, response) => {
    asked.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((done) => made.listen(0, "127.0.0.1", done));
  onTestFinished(() => void made.close());
  return { asked, port: (made.address() as AddressInfo).port };
}

/** Every name leads to loopback, as it does in a DNS that somebody else rules. */
const toLoopback: LookUpAll = (_, options, callback) => lookup("127.0.0.1", options, callback);

/** Finds homeservers with that DNS, trusting the test's authority. `at`: where each port of a name really is. */
function finder({
  networks = LOOPBACK,
  at = {},
  srv = {},
}: {
  networks?: readonly string[];
  at?: Record<number, number>;
  srv?: Record<string, { name: string; port: number; priority: number; weight: number }[]>;
} = {}) {
  const guarded = guardedGet(networks, toLoopback, [authority.certificate]);
  const get: GuardedGet = (place, ...rest) => guarded({ ...place, port: at[place.port] ?? place.port }, ...rest);
  return new OtherHomeservers({
    get,
    wellKnown: new WellKnown({ get, now: () => now }),
    resolveSrv: async (name) => srv[name] ?? [],
  });
}

const json =
  (body: unknown, headers = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(200, headers).end(JSON.stringify(body));

test("a server is found by where its name leads, is called by that name, and has to be certified for it", async () => {
  const home = await server(["hs.example.org"], json({ sub: "@ann:example.org" }));
  const web = await server(["example.org"], json({ "m.server": `hs.example.org:${home.port}` }));
  expect(await finder({ at: { 443: web.port } }).get("example.org", "/path?x=1")).toMatchObject({ status: 200 });
  expect(web.asked).toEqual(["example.org /.well-known/matrix/server"]);
  expect(home.asked).toEqual([`hs.example.org:${home.port} /path?x=1`]);

  const wrong = await server(["evil.org"], json({ sub: "@ann:example.org" }));
  await expect(finder({ at: { 8448: wrong.port } }).get("good.example.org", "/")).rejects.toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
  expect(wrong.asked).toEqual([]);
});

test("a server by address has to be certified for that address", async () => {
  const home = await server(["127.0.0.1"], json({}));
  expect((await finder().get(`127.0.0.1:${home.port}`, "/")).status).toBe(200);
  const named = await server(["localhost"], json({}));
  await expect(finder().get(`127.0.0.1:${named.port}`, "/")).rejects.toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
});

test("no request reaches a private address, by whatever way the name leads there", async () => {
  const inside = await server(["localhost", "127.0.0.1", "example.org"], json({ "m.server": "127.0.0.1:1" }));
  const { port } = inside;
  const srv = { "_matrix-fed._tcp.srv.org": [{ name: "localhost", port, priority: 1, weight: 1 }] };
  const away = finder({ networks: [], at: { 443: port, 8448: port }, srv });
  const refused = /127\.0\.0\.1|localhost|example\.org|srv\.org/;
  for (const name of [`127.0.0.1:${port}`, `localhost:${port}`, "example.org", "srv.org", `[::ffff:7f00:1]:${port}`])
    await expect(away.get(name, "/"), name).rejects.toThrow();
  expect(refused.test(inside.asked.join(" "))).toBe(false);
  expect(inside.asked).toEqual([]);
});

test("a redirect of .well-known is followed over https and not without end, and judged like all else", async () => {
  const home = await server(["hs.example.org"], json({}));
  const web = await server(["example.org"], (request, response) => {
    if (request.url === "/there") return json({ "m.server": `hs.example.org:${home.port}` })(request, response);
    response.writeHead(302, { location: "/there" }).end();
  });
  expect((await finder({ at: { 443: web.port } }).get("example.org", "/")).status).toBe(200);
  const endless = await server(["example.org"], (_, response) => void response.writeHead(302, { location: "/" }).end());
  await expect(finder({ at: { 443: endless.port, 8448: 1 } }).get("example.org", "/")).rejects.toThrow();
  expect(endless.asked).toHaveLength(4);
  const plain = await server(
    ["example.org"],
    (_, response) => void response.writeHead(302, { location: `http://127.0.0.1:${home.port}/` }).end(),
  );
  const before = home.asked.length;
  await expect(finder({ at: { 443: plain.port, 8448: 1 } }).get("example.org", "/")).rejects.toThrow();
  expect(home.asked).toHaveLength(before);
});

test.each([
  { headers: {}, until: 24 * 3600 },
  { headers: { "cache-control": "public, max-age=60" }, until: 60 },
  { headers: { "cache-control": "max-age=99999999" }, until: 48 * 3600 },
  { headers: { "cache-control": "no-store" }, until: 0 },
  { headers: { expires: new Date(1_000_000 + 90_000).toUTCString() }, until: 90 },
])("where a name leads is remembered for $until s by $headers", async ({ headers, until }) => {
  const home = await server(["hs.example.org"], json({}));
  const web = await server(["example.org"], json({ "m.server": `hs.example.org:${home.port}` }, headers));
  const homeservers = finder({ at: { 443: web.port } });
  await homeservers.get("example.org", "/");
  now += Math.max(until * 1000 - 1_000, 0);
  await homeservers.get("example.org", "/");
  expect(web.asked).toHaveLength(until === 0 ? 2 : 1);
  now += 1_001;
  await homeservers.get("example.org", "/");
  expect(web.asked).toHaveLength(until === 0 ? 3 : 2);
});

test("an answer without end is cut, and one that never comes is not waited for", async () => {
  const endless = await server(["localhost"], (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(16_000)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  await expect(finder().get(`localhost:${endless.port}`, "/")).rejects.toThrow("too long");
  const silent = await server(["localhost"], () => {});
  onTestFinished(simulateTime({ ...timeSource(), timeLimit: () => AbortSignal.abort(new Error("late")) }));
  await expect(finder().get(`localhost:${silent.port}`, "/")).rejects.toThrow();
});
