import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { slim } from "./slim.ts";
import { snapshotOf } from "./snapshot.ts";

test("what many people wrote is shortened until the snapshot fits into an event, and otherwise left alone", () => {
  const names = Array.from({ length: 40 }, (_, i) => `p${i}`);
  const play = new Play()
    .gather(...names)
    .start("p0", council({ circles: [{ theme: "ideas", kind: "silent-writing" }] }));
  expect(slim(snapshotOf(play.state, play.at))).toEqual(snapshotOf(play.state, play.at));
  for (const name of names) play.write(name, "ж".repeat(2_000));
  const whole = snapshotOf(play.state, play.at);
  const fitting = slim(whole);
  expect(Buffer.byteLength(JSON.stringify(whole))).toBeGreaterThan(65_536);
  expect(Buffer.byteLength(JSON.stringify(fitting))).toBeLessThan(49_000);
  expect(fitting.circles[0]?.texts).toHaveLength(40);
  expect(fitting).toMatchObject({ version: whole.version, turn: whole.turn });
});
