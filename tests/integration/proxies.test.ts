import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AccessToken, RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allSpellings, INNER } from "../support/doors/odd-spellings.ts";
import { rawRequest } from "../support/doors/raw-request.ts";
import { blockIn } from "../support/page-blocks.ts";
import { type LiveKit, startLiveKit } from "../support/stack/livekit.ts";
import { proxyProgram, type RunningProxy, startProxy } from "../support/stack/proxy.ts";

/**
 * The snippets as printed. In the ready stack the parts are reached by their containers' names, and other names stand
 * beside these two.
 */
const template = readFileSync(resolve(import.meta.dirname, "../../docker/templates/Caddyfile"), "utf8");
const SNIPPETS = [
  { what: "nginx as in docs/admin.md", proxy: "nginx", text: blockIn("docs/admin.md", "nginx") },
  { what: "Caddy as in docs/admin.md", proxy: "caddy", text: blockIn("docs/admin.md", "caddyfile") },
  {
    what: "Caddy as in the ready stack",
    proxy: "caddy",
    text: template
      .replaceAll("@DOMAIN@", "example.org")
      .replaceAll("mindminder:29330", "127.0.0.1:29330")
      .replaceAll("livekit:7880", "127.0.0.1:7880"),
  },
] as const;
const programs = { nginx: await proxyProgram("nginx"), caddy: await proxyProgram("caddy") };

let dir: string;
let livekit: LiveKit;
/** Stands in the service's place and answers everything: what gets to it was let through. */
const reached: { url: string; forwardedFor: string | undefined }[] = [];
const service = createServer((request, response) => {
  reached.push({ url: request.url ?? "", forwardedFor: request.headers["x-forwarded-for"]?.toString() });
  response.end("of the service");
});
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "mindminder-proxies-"));
  await new Promise<void>((resolve) => void service.listen(0, "127.0.0.1", resolve));
  livekit = await startLiveKit({ dir: join(dir, "livekit") });
});
afterAll(async () => {
  service.close();
  await livekit?.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe.each(SNIPPETS)("$what", ({ what, proxy, text }) => {
  const { missing } = programs[proxy];
  let running: RunningProxy | null = null;
  beforeAll(async () => {
    if (missing) return;
    const to = { service: (service.address() as AddressInfo).port, livekit: Number(new URL(livekit.httpUrl).port) };
    running = await startProxy(proxy, { dir: join(dir, what.replaceAll(/\W/g, "-")), text, to });
  });
  afterAll(() => running?.stop());
  const ask = (path: string, { host = "mindminder.example.org", method = "GET", headers = {} } = {}) =>
    rawRequest({ port: running?.port ?? 0, path, method, headers, tls: { servername: host } });

  test.skipIf(missing).each(INNER)(
    `$path stays inside, however it is spelled${missing ? ` (not run: ${missing})` : ""}`,
    async ({ path, method }) => {
      for (const each of [path, ...allSpellings(path)]) {
        reached.length = 0;
        const { status } = await ask(each, { method });
        // Paths that begin with the widget's folder go to the service, which reads a path in one way alone:
        // tests/inner-doors.test.ts.
        const passed = reached.filter(({ url }) => !/^\/(widget|api\/v1)\//.test(url));
        expect({ each, status, passed }).toMatchObject({
          each,
          status: expect.toSatisfy((code: number) => code !== 101 && code < 500),
          passed: [],
        });
      }
    },
  );

  test.skipIf(missing)(
    "the widget and its interface are reached, and nobody can say for themselves whence they come",
    async () => {
      for (const path of ["/widget", "/widget/", "/widget/assets/index-abc.js", "/api/v1/session", "/healthz"]) {
        reached.length = 0;
        expect((await ask(path, { headers: { "x-forwarded-for": "203.0.113.9" } })).text).toContain("of the service");
        expect(reached).toEqual([{ url: path, forwardedFor: "127.0.0.1" }]);
      }
    },
  );

  test.skipIf(missing)("a client comes to LiveKit by wss", async () => {
    const room = `proxied-${proxy}`;
    await new RoomServiceClient(livekit.httpUrl, livekit.apiKey, livekit.apiSecret).createRoom({ name: room });
    const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity: "ann" });
    token.addGrant({ roomJoin: true, room });
    const upgrade = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    expect(
      (await ask(`/rtc?access_token=${await token.toJwt()}`, { host: "livekit.example.org", headers: upgrade })).status,
    ).toBe(101);
  });
});
