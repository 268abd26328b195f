import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { Counter, Registry } from "prom-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appserviceApi } from "../appservice/http/appservice-api.ts";
import { exactRouter } from "../appservice/http/exact.ts";
import { health } from "../appservice/http/health.ts";
import { LimitOptions } from "../appservice/http/limits.ts";
import { listen } from "../appservice/http/server.ts";
import { widgetFiles } from "../appservice/http/widget-files.ts";
import { allSpellings, INNER } from "./support/doors/odd-spellings.ts";
import { rawRequest } from "./support/doors/raw-request.ts";

const HS_TOKEN = "token-of-the-homeserver";

let port: number;
let close: () => void;
let folder: string;
const came: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mindminder-doors-"));
  writeFileSync(join(folder, "index.html"), "<title>Mindminder</title>");
  const registry = new Registry();
  new Counter({ name: "mindminder_figure", help: "a figure", registers: [registry] });
  const most = LimitOptions.parse({ failures: 100_000, requests: 100_000, sessions: 100_000 });
  const server = await listen(
    {
      appservice: appserviceApi({ hsToken: HS_TOKEN, receive: () => void came.push("events"), onMalformed: () => {} }),
      widgetApi: exactRouter(),
      widgetFiles: widgetFiles({ folder, frameAncestors: ["https:"], livekitUrl: "wss://livekit.example.org" }),
      health: health({ registry, missing: () => [] }),
      livekitWebhook: async () => void came.push("webhook"),
    },
    { bind: "127.0.0.1", port: 0, trustedProxies: [], limits: most },
    pino({ level: "silent" }),
  );
  port = (server.address() as AddressInfo).port;
  close = () => void server.close();
});
afterAll(() => {
  close?.();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks as the homeserver itself would, so that only the path stands between the request and its answer. */
const ask = (path: string, method: string) =>
  rawRequest({ port, path, method, headers: { authorization: `Bearer ${HS_TOKEN}` } });

test.each(INNER)("$path is answered by this one spelling and no other", async ({ path, method }) => {
  const odd = allSpellings(path);
  expect(odd.length).toBeGreaterThan(120);
  for (const each of odd) {
    const { status, text } = await ask(each, method);
    expect({ each, status, figures: text.includes("mindminder_figure") }).toMatchObject({
      each,
      status: expect.toSatisfy((code: number) => code === 0 || (code >= 300 && code < 500 && code !== 401)),
      figures: false,
    });
  }
  expect(came).toEqual([]);
});

test("as it is written, each is answered, and so is the widget", async () => {
  expect((await ask("/metrics", "GET")).text).toContain("mindminder_figure");
  expect((await ask("/livekit/webhook", "POST")).status).toBe(200);
  expect((await ask("/_matrix/app/v1/ping?x=1", "POST")).status).toBe(200);
  for (const path of ["/healthz", "/ready", "/widget/", "/widget/index.html?room=%21a%3Ab&name=%D0%90"])
    expect({ path, ...(await ask(path, "GET")) }).toMatchObject({ path, status: 200 });
  expect((await ask("/widget", "GET")).text).toMatch(/location: \/widget\//i);
});
