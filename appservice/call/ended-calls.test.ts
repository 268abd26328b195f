import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { stopwatch } from "../../tests/support/stopwatch.ts";
import { EndedCalls } from "./ended-calls.ts";
import { livekitServer } from "./livekit-server.ts";
import { TwirpRefused } from "./twirp.ts";

const log = pino({ level: "silent" });

test("a call is ended as soon as LiveKit answers, and asked for once meanwhile", async () => {
  vi.useFakeTimers();
  const deleteRoom = vi.fn().mockRejectedValueOnce(new Error("away")).mockResolvedValue(undefined);
  const ended = new EndedCalls({ deleteRoom }, log);
  const both = Promise.all([ended.end("call"), ended.end("call")]);
  await vi.advanceTimersByTimeAsync(1_000);
  vi.useRealTimers();
  await both;
  expect(deleteRoom.mock.calls).toEqual([["call"], ["call"]]);
  await ended.end("call");
  expect(deleteRoom).toHaveBeenCalledTimes(3);
});

test("a call that is not there has ended", async () => {
  await new EndedCalls(
    {
      deleteRoom: async () => {
        throw new TwirpRefused("DeleteRoom", 404, "");
      },
    },
    log,
  ).end("call");
});

test("a call whose end LiveKit does not hear of is ended within 3 s: somebody who was put out may be heard in it", async () => {
  const [asked, elapsed]: [number[], () => number] = [[], stopwatch()];
  const server = createServer((_request, response) => {
    asked.push(elapsed());
    if (asked.length > 1) response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { apiKey: "key", apiSecret: "a secret of thirty-two characters" };
  await new EndedCalls(livekitServer({ url, internalUrl: url, ...keys }), log).end("call");
  server.closeAllConnections();
  server.close();
  expect((asked[1] ?? Infinity) - (asked[0] ?? 0)).toBeLessThan(3_000);
});
