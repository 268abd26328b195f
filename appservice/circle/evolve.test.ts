import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import type { CircleEvent } from "./event.ts";
import { evolve, replay } from "./evolve.ts";
import { circleOf, type Meeting, runningCircle } from "./meeting.ts";

const at = 2_000_000;
const ANN = id("ann");
const acted = { by: ANN, door: "widget" } as const;

/** Events that are of a meeting that runs alone. */
const RUNNING: readonly CircleEvent[] = [
  { type: "word-offered", turn: 9, to: ANN, limitMs: 1, kept: false, hand: null, lapsesAt: 1, at },
  { type: "turn-started", turn: 9, at },
  { type: "turn-marked", turn: 9, mark: "limit", at },
  { type: "extension-asked", turn: 9, by: ANN, at },
  { type: "turn-extended", turn: 9, byMs: 1, ...acted, at },
  { type: "turn-held", turn: 9, lapsesAt: 1, at },
  { type: "turn-continued", turn: 9, at },
  { type: "turn-ended", turn: 9, speaker: ANN, reason: "passed", spentMs: 1, keepsMs: null, ...acted, at },
  { type: "hand-raised", who: ANN, hand: "reply", at },
  { type: "hand-lowered", who: ANN, reason: "self", at },
  { type: "theme-set", by: ANN, circle: 0, theme: "x", at },
  { type: "rest-began", nextAt: 1, at },
  { type: "meeting-paused", by: ANN, at },
  { type: "meeting-resumed", by: ANN, lapsesAt: null, nextAt: null, at },
  { type: "service-returned", since: 1, lapsesAt: null, endsAt: null, nextAt: null, at },
  { type: "meeting-ended", by: ANN, at },
];
/** Events that are of a running circle alone. */
const IN_CIRCLE: readonly CircleEvent[] = [
  { type: "ring-joined", who: ANN, keptMs: null, at },
  { type: "circle-cut-short", by: ANN, index: 0, unheard: [], at },
  { type: "turn-given", by: ANN, to: ANN, limitMs: 1, at },
  { type: "time-added", by: ANN, byMs: 1, endsAt: 1, at },
  { type: "position-taken", who: ANN, position: "consent", reason: "", at },
  { type: "text-written", who: ANN, text: "x", finished: true, at },
  { type: "texts-shown", at },
  { type: "voting-opened", endsAt: 1, at },
  { type: "circle-ended", index: 0, nextStep: 0, nextAt: 1, at },
];
const STARTED: CircleEvent = {
  type: "circle-started",
  index: 1,
  step: 0,
  round: 1,
  ring: [ANN],
  stage: "round",
  endsAt: null,
  at,
};
/** Events within a turn. */
const OF_A_TURN = RUNNING.filter(({ type }) => type.startsWith("turn-") || type === "extension-asked");

const gathering = () => new Play().gather("ann", "bob").state;
const inCircle = () => new Play().gather("ann", "bob").start("ann");
function resting(): Meeting {
  const play = inCircle();
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play.state;
}
const over = () => inCircle().by("ann", "end").state;
const counted = (meeting: Meeting) => ({ ...meeting, version: meeting.version + 1, at });

describe("an event that has no place in the meeting's phase changes nothing but its version", () => {
  test.each([...RUNNING, ...IN_CIRCLE, STARTED])("while people gather: $type", (event) => {
    expect(evolve(gathering(), event)).toEqual(counted(gathering()));
  });

  test.each([...RUNNING, ...IN_CIRCLE, STARTED])("once it is over: $type", (event) => {
    expect(evolve(over(), event)).toEqual(counted(over()));
  });

  test.each([...IN_CIRCLE, ...OF_A_TURN])("between two circles: $type", (event) => {
    expect(evolve(resting(), event)).toEqual(counted(resting()));
  });

  test("in a circle: what is of the rest, of another kind, and of the start", () => {
    const { state } = inCircle();
    const start = { type: "meeting-started", by: id("bob"), plan: council(), topic: "x", seed: 1, at } as const;
    for (const event of [RUNNING.find(({ type }) => type === "rest-began")!, start, IN_CIRCLE[5]!])
      expect(evolve(state, event)).toEqual(counted(state));
  });

  test("an order that is set once it is over", () => {
    const event: CircleEvent = { type: "order-set", by: ANN, order: [ANN], drawn: false, at };
    expect(evolve(over(), event)).toEqual(counted(over()));
  });

  test("a circle that is not planned", () => {
    expect(evolve(resting(), { ...STARTED, step: 9 })).toEqual(counted(resting()));
  });

  test("an answer where nobody is asked, and a question to somebody", () => {
    const shown = { wording: 1, items: [] };
    for (const event of [
      { type: "agreement-answered", who: ANN, agreed: true, shown, at },
      { type: "agreement-sought", who: ANN, name: "ann", message: null, at },
    ] as const)
      expect(evolve(gathering(), event)).toEqual(counted(gathering()));
  });

  test("a time or a word for somebody who is not there", () => {
    const zoe = id("zoe");
    for (const event of [
      { type: "person-renamed", who: zoe, name: "x", at },
      { type: "person-connected", who: zoe, at },
      { type: "person-dropped", who: zoe, at },
    ] as const)
      expect(evolve(gathering(), event)).toEqual(counted(gathering()));
  });
});

describe("in a running circle", () => {
  test("nobody waits any more, and nobody keeps a turn, once it was cut short", () => {
    const { state } = inCircle().by("ann", "skip");
    const after = evolve(state, { type: "circle-cut-short", by: ANN, index: 0, unheard: [ANN], at });
    expect(runningCircle(after)).toMatchObject({ waiting: [], kept: [], cutShort: { by: ANN, unheard: [ANN] } });
  });

  test("who sits down again has the last place alone", () => {
    const { state } = inCircle();
    const after = evolve(state, { type: "ring-joined", who: ANN, keptMs: null, at });
    expect(circleOf(after)?.ring).toEqual([id("bob"), ANN]);
  });

  test("who goes of their own was not taken out", () => {
    expect(circleOf(inCircle().by("bob", "leave").state)).not.toHaveProperty("takenOut");
  });

  test("the same person is not among the done twice", () => {
    const play = inCircle().by("ann", "pass").ask("ann", { type: "give-turn", to: ANN }).by("bob", "pass");
    expect(circleOf(play.by("ann", "pass").state)?.done).toEqual([id("bob"), ANN]);
  });
});

test("turns are counted through all circles of a meeting, so that each has a number of its own", () => {
  const play = inCircle();
  while (play.state.phase !== "ended") play.wait(3).by("mod", play.state.phase === "circle" ? "pass" : "next-circle");
  expect(play.state.ended.map((turn) => turn.id)).toEqual([1, 2, 3, 4]);
});

describe("a journal", () => {
  test("has a beginning", () => {
    expect(() => replay([])).toThrow("without events");
    expect(() => replay([STARTED])).toThrow("cannot begin with circle-started");
  });

  test("whose events run back in time gives a meeting whose clock does not", () => {
    const { state } = inCircle();
    expect(evolve(state, { type: "hand-raised", who: ANN, hand: "reply", at: 1 }).at).toBe(state.at);
  });

  test("says whose name it is now", () => {
    const after = evolve(gathering(), { type: "person-renamed", who: ANN, name: "Anna", at });
    expect(after.people.map(({ name }) => name)).toEqual(["Anna", "bob"]);
  });
});
