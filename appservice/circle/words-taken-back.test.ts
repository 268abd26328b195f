import { describe, expect, test } from "vitest";
import { council, id, Play } from "../../tests/support/circle/play.ts";
import type { CircleEvent } from "./event.ts";
import { evolve, replay } from "./evolve.ts";
import { circlesThatRan, startOf } from "./meeting.ts";
import { snapshotOf } from "./snapshot.ts";
import { takenUp } from "./take-up.ts";
import { courseOf } from "./course.ts";
import { eventWithout, eventWithoutWordsOf, wordsIn, wordsOfIn } from "./words-taken-back.ts";

const ANN = id("ann");
const BOB = id("bob");

/** A meeting with words of Ann and Bob, typed and given by the widget, in every place in which there can be some. */
function spoken(): Play {
  const plan = council({
    turnSeconds: 60,
    betweenSeconds: 10,
    circles: [
      { theme: { en: "On {topic}", ru: "О: {topic}" }, kind: "consent" },
      { theme: "Ideas on {topic}", kind: "silent-writing" },
      { theme: "Which?", kind: "dot-vote" },
      { theme: "last", kind: "consent" },
    ],
  });
  const withTopic = {
    ...plan,
    circles: plan.circles.map((circle) => ({
      ...circle,
      theme: circle.theme.replace("what matters to us now", "walrus"),
      ...(circle.themes && { themes: { en: "On walrus", ru: "О: walrus" } }),
    })),
  };
  const play = new Play().gather("ann", "bob");
  play.ask("ann", { type: "start", plan: withTopic, topic: "walrus", seed: 1, message: "$topic" });
  play.ask("ann", { type: "take-position", position: "object", reason: "ocelot", message: "$reason" });
  play.ask("bob", { type: "take-position", position: "object", reason: "heron" });
  passAll(play);
  play.ask("ann", { type: "set-theme", theme: "Ideas on lynx", circle: null, message: "$theme" }).wait(10);
  play.ask("ann", { type: "write", text: "badger", finished: true, message: "$text" }).write("bob", "stoat");
  passAll(play).wait(10);
  play.ask("ann", { type: "group-texts", texts: [1, 2], name: "beasts", message: "$name" });
  play.ask("ann", { type: "set-theme", theme: "Which beaver?", circle: null, message: "$theme2" });
  return play;
}

function passAll(play: Play): Play {
  while (play.state.phase === "circle") play.wait(3).by("mod", "pass");
  return play;
}

const takingBack = (message: string, at: number) => ({ type: "words-taken-back", message, by: ANN, at }) as const;
const tookBack = (play: Play, message: string) => evolve(play.state, takingBack(message, play.at));
const erased = (play: Play, who: typeof ANN) => evolve(play.state, { type: "words-erased", who, at: play.at });

const BY_MESSAGE = [
  ["$topic", "walrus"],
  ["$reason", "ocelot"],
  ["$theme", "lynx"],
  ["$text", "badger"],
  ["$name", "beasts"],
  ["$theme2", "beaver"],
] as const;
const ALL = [...BY_MESSAGE.map(([, word]) => word), "heron", "stoat"];
const found = (meeting: unknown) => ALL.filter((word) => JSON.stringify(meeting).includes(word));

describe("words that were typed in a message", () => {
  test.each(BY_MESSAGE)("of %s are taken back, and no others", (message, word) => {
    const play = spoken();
    expect(found(play.state)).toEqual(ALL);
    const left = ALL.filter((each) => each !== word);
    expect(found(tookBack(play, message))).toEqual(left);
  });

  test.each(BY_MESSAGE)(
    "of %s are in the journal no more, and a service that starts anew shows the same",
    (message) => {
      const play = spoken();
      const event = takingBack(message, play.at);
      const without = play.journal.map((each) => eventWithout(each, message));
      expect(snapshotOf(replay([...without, event]), play.at)).toEqual(snapshotOf(evolve(play.state, event), play.at));
      expect(found(without)).not.toContain(BY_MESSAGE.find(([each]) => each === message)?.[1]);
    },
  );

  test("are found in their events by whoever looks for copies of them, and once they are out there are none", () => {
    const said = (events: readonly CircleEvent[]) => events.flatMap(wordsIn);
    const { journal } = spoken();
    expect(said(journal)).toEqual([
      "walrus",
      "ocelot",
      "heron",
      "Ideas on lynx",
      "badger",
      "stoat",
      "beasts",
      "Which beaver?",
    ]);
    const without = BY_MESSAGE.reduce<readonly CircleEvent[]>(
      (events, [message]) => events.map((event) => eventWithout(event, message)),
      journal,
    );
    expect(said(without)).toEqual(["heron", "stoat"]);
  });

  test("leave the theme of the plan where the keeper's was, and a dash where there was a topic", () => {
    const play = spoken();
    const themes = (meeting: typeof play.state) => snapshotOf(meeting, play.at).circles.map(({ theme }) => theme);
    expect(themes(play.state)).toEqual(["On walrus", "Ideas on lynx", "Which beaver?", "last"]);
    expect(themes(tookBack(play, "$theme"))).toEqual(["On walrus", "Ideas on walrus", "Which beaver?", "last"]);
    expect(themes(tookBack(play, "$theme2"))).toEqual(["On walrus", "Ideas on lynx", "Which?", "last"]);
    const without = tookBack(play, "$topic");
    expect(themes(without)).toEqual(["On —", "Ideas on lynx", "Which beaver?", "last"]);
    expect(startOf(without)?.topic).toBe("");
    expect(startOf(without)?.plan.circles[0]?.themes).toEqual({ en: "On —", ru: "О: —" });
    expect(startOf(without)?.plan.circles[1]).not.toHaveProperty("themes");
  });

  test("leave that somebody objected", () => {
    const play = spoken();
    const stances = (meeting: typeof play.state) => snapshotOf(meeting, play.at).circles[0]?.stances;
    expect(stances(tookBack(play, "$reason"))).toEqual([
      { who: ANN, position: "object", reason: "—" },
      { who: BOB, position: "object", reason: "heron" },
    ]);
  });

  test("of the theme that is to come are taken back as well", () => {
    const play = passAll(new Play().gather("ann", "bob").start("ann"));
    play.ask("ann", { type: "set-theme", theme: "walrus", circle: null, message: "$next" });
    expect(tookBack(play, "$other")).toMatchObject({ nextTheme: { theme: "walrus", from: "$next" } });
    expect(tookBack(play, "$next")).toMatchObject({ phase: "between", nextTheme: null });
    const over = spoken().by("mod", "end");
    expect(found(tookBack(over, "$theme2"))).not.toContain("beaver");
  });

  test("were not there while people gathered: nothing changes", () => {
    const play = new Play().gather("ann");
    expect(tookBack(play, "$topic")).toEqual({ ...play.state, version: play.state.version + 1 });
  });
});

describe("all words of a person", () => {
  test("that were none leave none: who consented in silence has no dash beside it", () => {
    const play = new Play().gather("ann").start("ann", council({ circles: [{ theme: "ok?", kind: "consent" }] }));
    play.position("ann", "consent");
    expect(snapshotOf(erased(play, ANN), play.at).circles[0]?.stances).toEqual([
      { who: ANN, position: "consent", reason: "" },
    ]);
  });

  test("that came by no message go by their name", () => {
    expect(found(erased(spoken(), BOB))).toEqual(ALL.filter((word) => word !== "heron" && word !== "stoat"));
  });

  test("go out of their events, and nobody else's do", () => {
    const { journal } = spoken();
    const said = (who: typeof ANN, events = journal as readonly CircleEvent[]) =>
      events.flatMap((event) => wordsOfIn(event, who));
    expect(said(BOB)).toEqual(["heron", "stoat"]);
    expect(said(ANN)).toEqual(["walrus", "ocelot", "Ideas on lynx", "badger", "beasts", "Which beaver?"]);
    const without = journal.map((event) => eventWithoutWordsOf(event, ANN));
    expect(said(ANN, without)).toEqual([]);
    expect(said(BOB, without)).toEqual(["heron", "stoat"]);
    expect(without.map(({ type }) => type)).toEqual(journal.map(({ type }) => type));
    expect(found(replay(without))).toEqual(["heron", "stoat"]);
  });

  test("go while a vote runs on them: dots stay where they lie, also once the service has started anew", () => {
    const circles = [
      { theme: "ideas", kind: "silent-writing" as const },
      { theme: "which?", kind: "dot-vote" as const },
    ];
    const play = new Play().gather("ann", "bob", "eve").start("ann", council({ betweenSeconds: 0, circles }));
    play.write("ann", "walrus").write("bob", "stoat").write("eve", "");
    for (const name of ["ann", "bob", "eve"]) play.by(name, "pass");
    play.by("ann", "next-circle").ask("eve", { type: "give-dots", on: [2, 2] });
    const at = play.at;
    const without = play.journal.map((each) => eventWithoutWordsOf(each, ANN));
    const meeting = replay([
      ...without,
      { type: "words-erased", who: ANN, at },
      { type: "circle-ended", index: 1, nextStep: null, nextAt: null, at },
    ]);
    const [writing, vote] = snapshotOf(meeting, at).circles;
    expect(vote?.vote?.map(({ texts, dots }) => [texts[0]?.text, dots])).toEqual([
      ["stoat", 2],
      ["", 0],
    ]);
    expect(writing?.texts.map(({ text }) => text)).toEqual(["stoat"]);
  });

  test("go out of what a meeting was taken up from, which was shown to all", () => {
    const play = spoken();
    const snapshot = snapshotOf(play.state, play.at);
    const course = courseOf(play.state);
    const event: CircleEvent = { type: "meeting-taken-up", snapshot, course, at: play.at };
    const without = eventWithoutWordsOf(event, ANN);
    if (without.type !== "meeting-taken-up") throw new Error("it is the same event");
    const [consent, writing, vote] = without.snapshot.circles;
    expect(consent?.stances.map(({ reason }) => reason)).toEqual(["—", "heron"]);
    const silent = new Play().gather("ann").start("ann", council({ circles: [{ theme: "ok?", kind: "consent" }] }));
    const seen = snapshotOf(silent.position("ann", "consent").state, silent.at);
    const same: CircleEvent = { type: "meeting-taken-up", snapshot: seen, course: null, at: silent.at };
    expect(eventWithoutWordsOf(same, ANN)).toEqual(same);
    expect(writing?.texts.map(({ text }) => text)).toEqual(["", "stoat"]);
    expect(writing).not.toHaveProperty("vote.0");
    expect(vote?.vote?.map(({ texts }) => texts.map(({ text }) => text))).toEqual([["", "stoat"]]);
    expect(eventWithoutWordsOf(event, id("zoe"))).toEqual(event);
    expect(circlesThatRan(takenUp(without.snapshot, course, null, play.at))).toHaveLength(3);
  });
});
