import { expect, test } from "vitest";
import { floorOf, turnOf, pausedSince, runningCircle } from "./meeting.ts";
import { spentBy } from "./turn.ts";
import { Play } from "../../tests/support/circle/play.ts";
import { courseOf } from "./course.ts";
import { snapshotOf } from "./snapshot.ts";
import { takenUp } from "./take-up.ts";

const begun = () => new Play().gather("ann", "bob", "eve").start("ann");
const away = (play: Play) => play.send({ type: "call-lost", at: play.at });
const back = (play: Play) => play.send({ type: "call-back", at: play.at });
const spent = (play: Play) => {
  const turn = turnOf(play.state);
  return turn ? spentBy(turn, play.at) : null;
};

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
  expect(turnOf(play.state)?.speaker).not.toBe("@ann:hs");
});

test("a pause that the keeper made stays theirs to end, and the keeper may go on without the call", () => {
  const paused = begun().by("ann", "pause");
  back(away(paused));
  expect(pausedSince(paused.state)).not.toBeNull();

  const without = away(begun()).by("ann", "resume");
  expect(pausedSince(without.state)).toBeNull();
  expect(back(without).last).toEqual({ accepted: true, events: [] });
});

test("a meeting that nobody hears by the call goes on", () => {
  const play = new Play().gather("ann", "bob");
  play.drop("ann").drop("bob").start("ann");
  expect(away(play).last).toEqual({ accepted: true, events: [] });
});

test("while it waits for the call the word goes to nobody, and whoever asks is told why; a pause of people's own is no such wait", () => {
  const play = away(begun());
  expect(snapshotOf(play.state, play.at)).toMatchObject({ paused: true, waitsForCall: true });
  const before = play.state;
  for (const who of ["ann", "bob"])
    for (const command of ["pass", "skip"] as const) expect(play.by(who, command).last.accepted).toBe(false);
  for (const command of ["pass", "skip"] as const)
    expect(play.by("ann", command).last).toMatchObject({ refusal: { code: "call-away" } });
  expect(play.ask("ann", { type: "give-word", to: runningCircle(play.state)!.waiting[0]! }).last).toMatchObject({
    refusal: { code: "call-away" },
  });
  expect(play.state).toEqual(before);
  back(play);
  expect(snapshotOf(play.state, play.at)).not.toHaveProperty("waitsForCall");
  expect(play.by("ann", "pass").last.accepted).toBe(true);

  const paused = begun().by("ann", "pause");
  expect(snapshotOf(paused.state, paused.at)).not.toHaveProperty("waitsForCall");
  expect(paused.by("ann", "pass").last.accepted).toBe(true);
});

test("a meeting that was taken up from the room while it waited for the call goes on with it", () => {
  const play = away(begun());
  play.meeting = takenUp(snapshotOf(play.state, play.at), courseOf(play.state), null, play.at);
  back(play);
  expect(play.state).toMatchObject({ pausedAt: null, waitsForCall: false });
});
