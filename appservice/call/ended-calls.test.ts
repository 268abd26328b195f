import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { EndedCalls } from "./ended-calls.ts";
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
