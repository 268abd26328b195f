import { once } from "node:events";
import express from "express";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { METRICS } from "./metric-list.ts";
import { requestLog } from "./request-log.ts";
import { serviceMetrics } from "./service-metrics.ts";

test("every figure of the list is served under its name, and nothing of our own that is not in the list", async () => {
  const metrics = serviceMetrics();
  metrics.countMessagesWaiting(() => 7);
  metrics.seeLiveKit(() => true);
  metrics.countTelegramWaiting(() => 0);
  const served = (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name);
  const ours = served.filter((name) => !/^mindminder_(process|nodejs)_/.test(name)).sort();
  expect(ours).toEqual(
    Object.values(METRICS)
      .map(({ name }) => name)
      .sort(),
  );
  expect(await metrics.registry.metrics()).toContain("mindminder_room_messages_waiting 7");
  expect(await metrics.registry.metrics()).toContain("mindminder_livekit_away 1");
});

test("requests are counted by the route as it is declared; no room's name gets into the figures", async () => {
  const metrics = serviceMetrics();
  const app = express()
    .use(requestLog(metrics.requests))
    .use(
      "/api/v1",
      express.Router().get("/rooms/:room/meeting", (_, response) => void response.json({})),
    );
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const ask = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  await ask("/api/v1/rooms/!secret:x/meeting");
  await ask("/made-up/by/somebody");
  const text = await metrics.registry.metrics();
  expect(text).toContain(
    'mindminder_http_request_seconds_count{route="/api/v1/rooms/:room/meeting",method="GET",status="2xx"} 1',
  );
  expect(text).toContain('mindminder_http_request_seconds_count{route="other",method="GET",status="4xx"} 1');
  expect(text).not.toMatch(/secret|made-up/);
});
