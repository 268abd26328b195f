import { expect, test } from "vitest";
import { floorOf, spentBy } from "./meeting.ts";
import { Play } from "./play.ts";

const begun = () => new Play().gather("ann", "bob", "eve").start("ann");
const away = (play: Play) => play.send({ type: "call-lost", at: play.at });
const back = (play: Play) => play.send({ type: "call-back", at: play.at });
const spent = (play: Play) => (play.state.turn ? spentBy(play.state.turn, play.at) : null);

test("while the call is away the clock stands, and goes on with the same speaker when they are back in it", () => {
  const play = begun().wait(20);
  away(play).wait(600);
  expect(play.state).toMatchObject({ pausedAt: expect.any(Number), turn: { speaker: "@ann:hs" } });
  expect(spent(play)).toBe(20_000);
  for (const name of ["ann", "bob", "eve"]) play.drop(name);
  back(play).wait(5);
  expect(spent(play)).toBe(20_000);
  play.connect("ann").wait(1);
  expect(spent(play)).toBe(21_000);
  expect(floorOf(play.state)).toEqual({ mode: "speaker", speaker: "@ann:hs" });
});

test("whoever does not come back with the call loses the word as if they had dropped out", () => {
  const play = begun();
  back(away(play).drop("ann")).wait(16);
  expect(play.state.turn?.speaker).not.toBe("@ann:hs");
});

test("a pause that the keeper made stays theirs to end, and the keeper may go on without the call", () => {
  const paused = begun().by("ann", "pause");
  back(away(paused));
  expect(paused.state.pausedAt).not.toBeNull();

  const without = away(begun()).by("ann", "resume");
  expect(without.state.pausedAt).toBeNull();
  expect(back(without).last).toEqual({ accepted: true, events: [] });
});

test("a meeting that nobody hears by the call goes on", () => {
  const play = new Play().gather("ann", "bob");
  play.drop("ann").drop("bob").start("ann");
  expect(away(play).last).toEqual({ accepted: true, events: [] });
});
