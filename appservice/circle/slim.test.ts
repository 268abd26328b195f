import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { slim } from "./slim.ts";
import { snapshotOf } from "./snapshot.ts";

const long = (letters: number, people: number, kind: "silent-writing" | "consent" = "silent-writing") => {
  const names = Array.from({ length: people }, (_, i) => `p${i}`);
  const play = new Play().gather(...names).start("p0", council({ circles: [{ theme: "ideas", kind }] }));
  for (const name of names) {
    if (kind === "consent") play.position(name, "object", "ж".repeat(letters));
    else play.write(name, "ж".repeat(letters));
  }
  return snapshotOf(play.state, play.at);
};
const texts = (snapshot: ReturnType<typeof long>) => new Set(snapshot.circles[0]?.texts.map(({ text }) => text));

test("texts are cut to the most letters that fit, all alike, with a sign that more was there", () => {
  expect(texts(slim(long(2_000, 20)))).toEqual(new Set([`${"ж".repeat(1_000)}…`]));
  expect(texts(slim(long(2_000, 40)))).toEqual(new Set([`${"ж".repeat(500)}…`]));
  expect(texts(slim(long(1_000, 20)))).toEqual(new Set(["ж".repeat(1_000)]));
});

test("a text that is short enough stays as it was written, beside those that are cut", () => {
  const snapshot = long(2_000, 40);
  const circles = snapshot.circles.map((circle) => ({
    ...circle,
    texts: circle.texts.map((each, i) => (i === 0 ? { ...each, text: "short" } : each)),
  }));
  expect(texts(slim({ ...snapshot, circles }))).toEqual(new Set(["short", `${"ж".repeat(500)}…`]));
});

test("where even the shortest do not fit, they are left out", () => {
  const fitting = slim(long(200, 300));
  expect(fitting.circles[0]?.texts).toEqual([]);
  expect(fitting.people).toHaveLength(300);
});

test("a circle of a kind without words of people stays as it is", () => {
  const play = new Play()
    .gather("ann")
    .start("ann", council({ circles: [{ theme: "ж".repeat(500) }, { theme: "two" }] }));
  const snapshot = snapshotOf(play.state, play.at);
  const people = Array.from({ length: 500 }, () => ({ ...snapshot.people[0]!, name: "ж".repeat(60) }));
  expect(slim({ ...snapshot, people }).circles).toEqual(snapshot.circles);
});

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
