import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import {
  circleOf,
  circlesThatRan,
  endOf,
  handsOf,
  isOver,
  limitOf,
  orderOfNext,
  pausedSince,
  planOfCircle,
  runningCircle,
  spanOf,
  startOf,
  themeOf,
  turnOf,
} from "./meeting.ts";
import { nextSpeaker } from "./next-speaker.ts";
import { lastDecisions } from "./decisions.ts";
import { somebodySpoke } from "./talk-time.ts";
import { whyNotMuteAll } from "./steering.ts";
import { scribeAway } from "./scribe-absence.ts";

const gathering = () => new Play().gather("ann", "bob");
const inCircle = () => gathering().start("ann");
function resting(): Play {
  const play = gathering().start("ann", council({ betweenSeconds: 60 }));
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}
const over = () => inCircle().wait(3).by("ann", "end");

test("where there is no meeting, there is nothing of one", () => {
  for (const meeting of [null, undefined]) {
    expect([circleOf(meeting), runningCircle(meeting), turnOf(meeting), pausedSince(meeting)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([startOf(meeting), endOf(meeting), handsOf(meeting)]).toEqual([null, null, []]);
  }
});

test("while people gather there is no circle, no plan and no time yet", () => {
  const { state } = gathering();
  expect([circleOf(state), runningCircle(state), turnOf(state), pausedSince(state), planOfCircle(state)]).toEqual(
    Array.from({ length: 5 }, () => null),
  );
  expect([handsOf(state), circlesThatRan(state), limitOf(state), orderOfNext(state)]).toEqual([[], [], 0, null]);
  expect(spanOf(state)).toEqual({ startedAt: null, endedAt: null });
  expect(themeOf(state, { step: 0 })).toBe("");
  expect(nextSpeaker(state)).toBeNull();
});

test("once it is over nobody has the word or a hand up, and the last circle stays", () => {
  const { state } = over();
  expect([runningCircle(state), turnOf(state), pausedSince(state), nextSpeaker(state)]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect([handsOf(state), orderOfNext(state), circleOf(state)?.index]).toEqual([[], null, 0]);
  expect(spanOf(state)).toEqual({ startedAt: 1_000_000, endedAt: 1_003_000 });
  expect(isOver(state, 0)).toBe(true);
});

test("in a circle nothing of it is over, but what ran before it; an order is of the next alone", () => {
  expect(isOver(inCircle().state, 0)).toBe(false);
  expect(isOver(resting().wait(60).state, 0)).toBe(true);
  expect(orderOfNext(inCircle().state)).toBeNull();
  expect(endOf(inCircle().state)).toBeNull();
  expect(themeOf(inCircle().state, { step: 1 })).toBe("second");
  expect(themeOf(inCircle().state, { step: 9 })).toBe("");
});

describe("the next to speak", () => {
  test("is in the ring whoever comes after the speaker, also where a hand is up", () => {
    expect(nextSpeaker(inCircle().raise("ann").state)).toBe(id("bob"));
    expect(nextSpeaker(inCircle().by("ann", "pass").state)).toBeNull();
  });

  test("where hands rule is the first hand but the speaker's own, and between circles then the first of the next ring", () => {
    const play = resting().raise("bob");
    expect(nextSpeaker(play.state)).toBe(id("ann"));
    expect(nextSpeaker(play.raise("ann").raise("bob").state)).toBe(id("ann"));
    const floor = gathering().start(
      "ann",
      council({ circles: [{ theme: "talk", kind: "open-floor" }, { theme: "2" }] }),
    );
    expect(nextSpeaker(floor.state)).toBeNull();
    expect(nextSpeaker(floor.raise("ann").raise("bob").state)).toBe(id("bob"));
    const set = resting().ask("ann", { type: "reorder", order: [id("bob")] });
    expect(nextSpeaker(set.state)).toBe(id("bob"));
  });

  test("is nobody where the next circle would be of nobody", () => {
    expect(nextSpeaker(resting().drop("ann").drop("bob").state)).toBeNull();
  });
});

describe("decisions", () => {
  test("are those of the circles that are over and decide something, each planned one as it ran last", () => {
    const circles = [
      { id: "one", theme: "one" },
      { theme: "ok?", kind: "consent" as const, repeat: { until: "nobody-objects" as const, from: "one", atMost: 1 } },
      { theme: "last" },
    ];
    const play = gathering().start("ann", council({ betweenSeconds: 0, circles }));
    const round = () => {
      for (const name of ["ann", "bob"]) play.by(name, "pass");
    };
    round();
    expect(lastDecisions(play.position("bob", "object", "no").state)).toEqual([]);
    round();
    expect(lastDecisions(play.state)).toMatchObject([{ circle: 1, verdict: "objected" }]);
    round();
    play.position("bob", "consent");
    round();
    expect(lastDecisions(play.state)).toMatchObject([{ circle: 3, verdict: "consented" }]);
  });
});

test("five seconds are enough to have said something", () => {
  expect([somebodySpoke([4_999, 0]), somebodySpoke([0, 5_000])]).toEqual([false, true]);
});

describe("closing all microphones", () => {
  test("is the keeper's before and after a meeting, and the service's own in it", () => {
    expect(whyNotMuteAll(inCircle().state, madeActor(id("ann")))).toEqual({ code: "meeting-running", detail: {} });
    expect(whyNotMuteAll(over().state, madeActor(id("ann")))).toBeNull();
    expect(whyNotMuteAll(over().state, madeActor(id("bob")))).toEqual({ code: "not-keeper", detail: {} });
    expect(whyNotMuteAll(null, madeActor(id("mod"), { moderates: true }))).toBeNull();
  });
});

describe("the scribe", () => {
  test("is away for a time that has a beginning, an end, and somebody for each", () => {
    const play = inCircle().wait(3).ask("bob", { type: "send-scribe-away" });
    expect(scribeAway(play.state)).toEqual({ at: 1_003_000, by: id("bob"), until: null, backBy: null });
    play.wait(4).ask("ann", { type: "ask-scribe-back" }).wait(1).ask("ann", { type: "send-scribe-away" });
    play.wait(1).ask("ann", { type: "ask-scribe-back" });
    expect(play.state.scribeAbsences).toEqual([
      { at: 1_003_000, by: id("bob"), until: 1_007_000, backBy: id("ann") },
      { at: 1_008_000, by: id("ann"), until: 1_009_000, backBy: id("ann") },
    ]);
  });

  test("is sent away by those who are admitted to the room, and asked back in a meeting that is not over", () => {
    const stranger = { ...madeActor(id("zoe")), rights: { admitted: false, moderates: false } };
    const play = inCircle();
    const away = { type: "send-scribe-away", actor: stranger, at: play.at, expectedVersion: null } as const;
    expect(play.send(away).refusal).toBe("not-in-room");
    expect(over().ask("ann", { type: "ask-scribe-back" }).refusal).toBe("no-meeting");
  });

  test("away while nobody speaks marks no turn that was offered only", () => {
    const play = gathering()
      .start("ann", council({ accept: "by-next" }))
      .ask("bob", { type: "send-scribe-away" });
    play.ask("bob", { type: "ask-scribe-back" }).by("ann", "accept").by("ann", "pass");
    expect(play.state.ended.at(-1)).not.toHaveProperty("withoutScribe");
    expect(resting().ask("bob", { type: "send-scribe-away" }).refusal).toBeNull();
    const begun = gathering().ask("bob", { type: "send-scribe-away" }).start("ann").by("ann", "pass");
    expect(begun.state.ended.at(-1)).toMatchObject({ withoutScribe: true });
  });
});
