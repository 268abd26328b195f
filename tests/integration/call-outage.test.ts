import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { until } from "../support/call/call-stage.ts";
import { SpokenMeeting } from "../support/call/spoken-meeting.ts";

describe.runIf(LONG)("LiveKit is away for a while in the middle of a turn", () => {
  let spoken: SpokenMeeting;
  beforeAll(async () => {
    spoken = await SpokenMeeting.open({ circles: 1, betweenSeconds: 5 });
  });
  afterAll(() => spoken.close());

  test("people are in again by themselves, the floor is as it was, and the clock stood still in between", async () => {
    const { meeting, callers } = spoken;
    const { livekit } = meeting.service;
    const ear = callers[2]!;
    const speaker = meeting.people[0]!.matrix.userId;
    await ear.ear(speaker).heard();

    await livekit.kill();
    await until("the meeting stands still", async () => (await meeting.now()).paused);
    const stood = await meeting.now();
    // Waits to see that nothing moves while LiveKit is away, for as long as clients try by themselves.
    await wait(10_000);
    const later = await meeting.now();
    expect(later.turn).toEqual(stood.turn);
    expect(later.turn).toMatchObject({ speaker, runningSince: null, lapsesAt: null });

    const heard = ear.ear(speaker).heard();
    await livekit.restart();
    await until("it goes on", async () => (await meeting.now()).turn?.runningSince != null, 60_000);
    await heard;
    const back = await meeting.now();
    expect(back).toMatchObject({ paused: false, turn: { id: stood.turn?.id, speaker, status: "speaking" } });
    expect(back.turn!.spentMs - stood.turn!.spentMs).toBeLessThan(1_000);
    await until("all are in again", async () =>
      (await meeting.now()).people.every(({ presence }) => presence === "call"),
    );
    expect(ear.ear(meeting.people[1]!.matrix.userId).heardMs).toBe(0);
  });
});
