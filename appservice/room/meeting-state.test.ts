import { MatrixError } from "matrix-bot-sdk";
import { pino } from "pino";
import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { endedSnapshot } from "../circle/ended-snapshot.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { RingNumber } from "../protocol/identity.ts";
import { MeetingState } from "./meeting-state.ts";

function scene() {
  const lines: { level: number; msg: string; err?: unknown }[] = [];
  const told: string[] = [];
  let power = false;
  let asked = 0;
  const state = new MeetingState({
    homeserver: {
      stateContent: async () => null,
      setState: async () => {
        asked++;
        if (!power)
          throw new MatrixError(
            { errcode: "M_FORBIDDEN", error: "You don't have permission to post that to the room", retry_after_ms: 0 },
            403,
          );
      },
    },
    isEncrypted: async () => false,
    sealed: { keep: async () => {}, drop: async () => {} },
    rootOf: () => null,
    log: pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line) as never) }),
    onAhead: async () => false,
    onPowerless: (room) => void told.push(room),
  });
  return { state, lines, told, asked: () => asked, give: () => (power = true), take: () => (power = false) };
}

test("a bot that is no moderator says so once, to the room and in the log, and without a trace of the inside", async () => {
  const { state, lines, told, asked, give, take } = scene();
  const play = new Play().gather("ann", "bob");
  const project = async (times: number) => {
    const before = asked();
    state.project(snapshotOf(play.state, 0), null);
    await expect.poll(() => asked()).toBe(before + times);
  };
  await project(1);
  play.start("ann");
  await project(1);
  expect(told).toHaveLength(1);
  expect(lines).toEqual([
    expect.objectContaining({ level: 40, msg: expect.stringContaining("make the bot a moderator") }),
  ]);
  expect(lines[0]).not.toHaveProperty("err");

  // Lost again in the same meeting, it is said by who heard of it.
  give();
  play.by("ann", "pass");
  await project(1);
  take();
  play.by("bob", "pass");
  await project(1);
  expect(told).toHaveLength(1);
  expect(lines).toHaveLength(2);
});

test("a ring that only gathered is written once more when it is over, at the version that it had, and then no more", async () => {
  const { state, asked, give } = scene();
  give();
  const gathering = snapshotOf(new Play().gather("ann", "bob").state, 0);
  const ring = RingNumber.parse(2);
  state.project(gathering, null, ring);
  await expect.poll(asked).toBe(1);
  state.project(endedSnapshot(gathering, 5), null, ring);
  await expect.poll(asked).toBe(2);
  state.project(endedSnapshot(gathering, 6), null, ring);
  await state.settled(gathering.roomId);
  expect(asked()).toBe(2);
});
