import { describe, expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import type { Shown } from "../protocol/agreement.ts";
import type { Correction } from "../protocol/correction.ts";
import type { MinutesEntry, Task, Utterance } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import { type Corrector, decideRecord, type RecordCommand } from "./decide.ts";
import type { RecordEvent } from "./event.ts";
import { recordForMinutes, recordOf } from "./view.ts";
import { isByHand } from "./remade.ts";
import { longestOf } from "./state.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const said = (
  id: string,
  speaker: string,
  text: string,
  segments: Utterance["segments"] = [{ kind: "speech", text }],
): RecordEvent => ({
  type: "utterance-heard",
  utterance: {
    id,
    turn: Number(id.split(".")[0]),
    circle: 0,
    speaker: personId(`@${speaker}:hs`),
    startedAt: 1,
    endedAt: 2,
    language: "en",
    text,
    segments,
    engine: { id: "e", model: "m" },
  },
});
const madeBy = (plugin: string, at: number) =>
  ({ plugin, version: "1", method: "rules", model: null, prompt: null, at }) as const;
const summary = (about: MinutesEntry["about"], texts: string[], at = 1): MinutesEntry => ({
  about,
  madeBy: madeBy(`${about.kind}-summary`, at),
  result: { form: "summary", sentences: texts.map((text, place) => ({ text, from: [`1.${place + 1}`] })) },
});
const task = (id: string, given: Partial<Task> = {}): Task => ({
  id,
  title: id,
  owner: null,
  due: null,
  from: ["1.1"],
  status: "suggested",
  ...given,
});
const tasks = (all: Task[], at = 1): MinutesEntry => ({
  about: { kind: "meeting" },
  madeBy: madeBy("tasks", at),
  result: { form: "tasks", tasks: all },
});

/** A meeting kept by Ann, in which Bob sat and Eve did not. */
function table(...events: RecordEvent[]) {
  const play = new Play()
    .gather("ann", "bob", "tom")
    .start("ann", council({ circles: [{ theme: "Tea?", kind: "statement" }] }));
  const record = new Recording();
  for (const event of events) record.add(event);
  const live = () => ({ meeting: play.state, record: record.now });
  const who = (name: string, moderator = false): Corrector => ({
    actor: madeActor(personId(`@${name}:hs`), { name, moderates: moderator }),
    at: 9,
  });
  return {
    play,
    record,
    live,
    view: () => recordOf(play.state, record.now),
    correct(name: string, change: Correction, seen: number | null = null, moderator = false): string {
      const decision = decideRecord(live(), { type: "correct", change, seen, ...who(name, moderator) });
      if (!decision.accepted) return decision.refusal.code;
      for (const event of decision.events) record.add(event);
      return decision.events.length > 0 ? "corrected" : "same";
    },
    redo(name: string, forms: Extract<RecordCommand, { type: "redo" }>["forms"] = null): string {
      const decision = decideRecord(live(), { type: "redo", forms, ...who(name) });
      if (!decision.accepted) return decision.refusal.code;
      for (const event of decision.events) record.add(event);
      return "redo";
    },
    refresh(outdated: readonly MinutesEntry[]): RecordEvent | null {
      const decision = decideRecord(live(), { type: "refresh", outdated, at: 9 });
      return (decision.accepted && decision.events[0]) || null;
    },
    tasks: () =>
      record.now.minutes
        .flatMap(({ result }) => (result.form === "tasks" ? result.tasks : []))
        .map(({ id, title, status }) => `${id} ${title} ${status}`),
  };
}

const toTea = { of: "utterance", id: "1.1", text: "I like tea." } as const;

test("what was said is corrected by its speaker, the keeper and a moderator, and by nobody else", () => {
  const heard = said("1.1", "bob", "I like the.");
  expect(table(heard).correct("bob", toTea)).toBe("corrected");
  expect(table(heard).correct("ann", toTea)).toBe("corrected");
  expect(table(heard).correct("eve", toTea, null, true)).toBe("corrected");
  expect(table(heard).correct("tom", toTea)).toBe("not-yours-to-correct");
  expect(table().correct("ann", toTea)).toBe("nothing-to-correct");
});

describe("words that somebody took back", () => {
  const heard = said("1.1", "bob", "I hate tea.");
  const again = { ...toTea, text: "I hate tea." };

  test("are put there again by nobody else, keeper and moderators included", () => {
    const at = table(heard);
    at.correct("bob", { ...toTea, text: "" });
    expect(at.correct("ann", again)).toBe("only-its-speaker");
    expect(at.correct("eve", again, null, true)).toBe("only-its-speaker");
    expect(at.correct("bob", again)).toBe("corrected");
    expect(at.correct("ann", toTea), "once they are there again they are corrected as before").toBe("corrected");
  });

  test("stay with their speaker after all of theirs was erased", () => {
    const at = table(heard);
    at.correct("bob", { ...toTea, text: "" });
    at.record.add({ type: "words-erased", at: 10, who: personId("@bob:hs") });
    expect(at.correct("ann", again)).toBe("only-its-speaker");
  });

  test("are not the only ones: of somebody who withdrew, nobody writes anything into what they said", () => {
    const shown: Shown = { wording: 1, items: [{ what: "speech", outside: null }] };
    const at = table(heard);
    at.play.send({ type: "ask-agreement", asks: shown, at: at.play.at });
    for (const [name, agreed] of [
      ["ann", true],
      ["bob", false],
    ] as const)
      at.play.ask(name, { type: "agree", agreed, shown });
    expect(at.correct("ann", toTea)).toBe("only-its-speaker");
    expect(at.correct("ann", { ...toTea, text: "" }), "taking words away needs nobody's agreement").toBe("corrected");
  });
});

test("what stood there before is kept with who changed it, and how a message is divided does not change", () => {
  const at = table(said("1.1", "bob", "I like the very long thing."));
  at.correct("bob", toTea);
  at.correct("ann", { ...toTea, text: "I like green tea." });
  expect(at.view().utterances[0]).toMatchObject({
    text: "I like green tea.",
    segments: [{ kind: "speech", text: "I like green tea." }],
  });
  expect(at.view().corrections.map(({ name, before, after }) => [name, before, after])).toEqual([
    ["bob", "I like the very long thing.", "I like tea."],
    ["ann", "I like tea.", "I like green tea."],
  ]);
  expect(longestOf(at.record.now, at.view().utterances[0]!)).toBe("I like the very long thing.".length);
});

test("two who correct the same thing do not undo one another unawares", () => {
  const at = table(said("1.1", "bob", "I like the."));
  expect(at.correct("bob", toTea, 0)).toBe("corrected");
  expect(at.correct("ann", { ...toTea, text: "I like thee." }, 0)).toBe("corrected-meanwhile");
  expect(at.correct("ann", { ...toTea, text: "I like thee." }, 1)).toBe("corrected");
  expect(at.correct("ann", { ...toTea, text: "I like thee." }, 2)).toBe("same");
});

test("a command that was heard stays where it was said, and noise that was taken for words goes", () => {
  const command = { kind: "command", text: "I pass the word" } as const;
  const at = table(
    said("1.1", "bob", "I like the. Thanks", [
      { kind: "speech", text: "I like the." },
      command,
      { kind: "speech", text: "Thanks" },
    ]),
  );
  at.correct("bob", toTea);
  expect(at.view().utterances[0]?.segments).toEqual([{ kind: "speech", text: "I like tea." }, command]);
  at.correct("bob", { ...toTea, text: "" });
  expect(at.view().utterances[0]).toMatchObject({ text: "", segments: [command] });
});

test("a summary of oneself is one's own; that of the circle is the keeper's; each sentence keeps what it rests on", () => {
  const mine = summary({ kind: "participant", circle: 0, participant: personId("@bob:hs") }, [
    "Bob likes the.",
    "Bob waters.",
  ]);
  const circle = summary({ kind: "circle", circle: 0 }, ["All like the."]);
  const at = table({ type: "minutes-made", entry: mine }, { type: "minutes-made", entry: circle });
  expect(at.correct("tom", { of: "summary", id: entryId(mine), sentences: ["x"] })).toBe("not-yours-to-correct");
  expect(
    at.correct("bob", { of: "summary", id: entryId(mine), sentences: ["Bob waters.", "Bob likes tea.", "And milk."] }),
  ).toBe("corrected");
  expect(at.view().minutes[0]?.result).toEqual({
    form: "summary",
    sentences: [
      { text: "Bob waters.", from: ["1.2"] },
      { text: "Bob likes tea.", from: ["1.2"] },
      { text: "And milk.", from: ["1.1", "1.2"] },
    ],
  });
  expect(at.correct("bob", { of: "summary", id: entryId(circle), sentences: ["x"] })).toBe("not-yours-to-correct");
  expect(at.correct("ann", { of: "summary", id: entryId(circle), sentences: ["All like tea."] })).toBe("corrected");
});

test("a task is done or changed by whoever has it or promised it; one that nobody has is taken up by anybody of the circle", () => {
  const at = table(said("1.1", "bob", "Eve will water."), {
    type: "minutes-made",
    entry: tasks([task("t1", { owner: personId("@eve:hs") }), task("t2", { from: ["9.9"] })]),
  });
  expect(at.correct("tom", { of: "task", id: "t1", status: "done" })).toBe("not-yours-to-correct");
  expect(at.correct("bob", { of: "task", id: "t1", title: "Water the beds" })).toBe("corrected");
  expect(at.correct("eve", { of: "task", id: "t1", status: "done" })).toBe("corrected");
  expect(at.correct("tom", { of: "task", id: "t2", owner: personId("@tom:hs"), status: "open" })).toBe("corrected");
  expect(at.correct("bob", { of: "task", id: "t2", owner: personId("@bob:hs") })).toBe("not-yours-to-correct");
  expect(at.tasks()).toEqual(["t1 Water the beds done", "t2 t2 open"]);
});

test("minutes made anew stand in place of the old, which stay until then; what people corrected is left to them", () => {
  const [mine, circle] = [
    summary({ kind: "participant", circle: 0, participant: personId("@bob:hs") }, ["Bob likes the."]),
    summary({ kind: "circle", circle: 0 }, ["All like the."]),
  ];
  const at = table({ type: "minutes-made", entry: mine }, { type: "minutes-made", entry: circle });
  at.correct("bob", { of: "summary", id: entryId(mine), sentences: ["Bob likes tea."] });
  expect(at.redo("bob")).toBe("not-keeper");
  expect(at.redo("ann")).toBe("redo");
  expect(at.view().minutes).toHaveLength(2);
  expect(recordForMinutes(at.live().meeting, at.record.now).minutes.map(({ about }) => about.kind)).toEqual([
    "participant",
  ]);
  at.record.add({ type: "minutes-made", entry: summary({ kind: "circle", circle: 0 }, ["All like tea."], 5) });
  expect(at.view()).toMatchObject({
    remaking: [],
    minutes: [
      { result: { sentences: [{ text: "Bob likes tea." }] } },
      { result: { sentences: [{ text: "All like tea." }] } },
    ],
  });
});

test("a summary that somebody puts into other words while it is being made anew stays theirs", () => {
  const circle = { kind: "circle", circle: 0 } as const;
  const at = table(said("1.1", "bob", "I like the."), { type: "minutes-made", entry: summary(circle, ["Like the."]) });
  at.correct("bob", toTea);
  at.record.add(at.refresh(at.record.now.minutes)!);
  const id = entryId(at.record.now.minutes[0]!);
  expect(at.correct("ann", { of: "summary", id, sentences: ["Bob likes tea."] })).toBe("corrected");
  at.record.add({ type: "minutes-made", entry: summary(circle, ["The machine's."], 5), basis: 1 });
  expect(at.view()).toMatchObject({ remaking: [], minutes: [{ result: { sentences: [{ text: "Bob likes tea." }] } }] });
  expect(isByHand(at.record.now.minutes[0]!, at.record.now)).toBe(true);
  expect(at.redo("ann"), "nor is it made anew later").toBe("nothing-to-remake");
  at.record.add({ type: "taken-back", id: "1.1", at: 9, by: personId("@bob:hs"), name: "bob", door: "widget" });
  at.record.add({ type: "minutes-made", entry: summary(circle, ["I like tea.", "Cake."], 12), basis: 2 });
  expect(at.view().minutes, "until words below it are taken back").toMatchObject([
    { result: { sentences: [{ text: "Cake." }] } },
  ]);
});

test("tasks found anew do not harm those that people confirmed, changed or finished", () => {
  const at = table(said("1.1", "bob", "…"), said("1.2", "bob", "…"), {
    type: "minutes-made",
    entry: tasks([
      task("confirmed"),
      task("misheard", { from: ["1.2"] }),
      task("gone", { from: ["1.2"] }),
      task("still", { from: ["1.2"] }),
    ]),
  });
  at.correct("bob", { of: "task", id: "confirmed", status: "open", title: "Water the beds" });
  expect(at.redo("ann", ["tasks"])).toBe("redo");
  at.record.add({
    type: "minutes-made",
    entry: tasks(
      [
        task("confirmed-otherwise"),
        task("heard", { from: ["1.2"] }),
        task("still", { from: ["1.2"], due: "2026-03-06" }),
      ],
      5,
    ),
  });
  expect(at.tasks()).toEqual([
    "confirmed Water the beds open",
    "misheard heard suggested",
    "gone gone dropped",
    "still still suggested",
  ]);
});

describe("of several tasks said in one breath", () => {
  const bob = (text: string) => said("1.1", "bob", text);
  const found = (...titles: string[]) => tasks(titles.map((title) => task(title)));
  const corrected = { of: "utterance", id: "1.1", text: "…" } as const;

  test("each follows its own corrected words, and none is lost or there twice", () => {
    const at = table(bob("I bring the chars. I book the haul."), {
      type: "minutes-made",
      entry: found("Bring the chars", "Book the haul"),
    });
    at.correct("ann", { of: "task", id: "Book the haul", status: "open" });
    at.correct("bob", corrected);
    at.record.add({ type: "minutes-made", entry: found("Bring the chairs", "Book the hall"), basis: 1 });
    expect(at.tasks()).toEqual(["Bring the chars Bring the chairs suggested", "Book the haul Book the haul open"]);
  });

  test("one that is heard only now stands beside one that was confirmed, in whatever order they come", () => {
    const at = table(bob("… I book the haul."), { type: "minutes-made", entry: found("Book the haul") });
    at.correct("ann", { of: "task", id: "Book the haul", status: "open" });
    at.correct("bob", corrected);
    at.record.add({ type: "minutes-made", entry: found("Bring the chairs", "Book the hall"), basis: 1 });
    expect(at.tasks()).toEqual(["Book the haul Book the haul open", "Bring the chairs Bring the chairs suggested"]);
  });

  test("one that was put into other words is known by those it had before", () => {
    const at = table(bob("Я принесу стул."), { type: "minutes-made", entry: found("Принести стул") });
    at.correct("bob", { of: "task", id: "Принести стул", title: "Достать мебель" });
    at.correct("bob", corrected);
    at.record.add({ type: "minutes-made", entry: found("Принести стол"), basis: 1 });
    expect(at.tasks()).toEqual(["Принести стул Достать мебель suggested"]);
  });
});

test("what could not be made is tried again, and where there is nothing to make it is said", () => {
  const at = table({
    type: "minutes-failed",
    plugin: "circle-summary",
    about: { kind: "circle", circle: 0 },
    error: "x",
  });
  expect(at.redo("ann")).toBe("redo");
  expect(at.record.now.failed).toEqual([]);
  expect(table().redo("ann")).toBe("nothing-to-remake");
});

describe("what rests on corrected words", () => {
  const circle = { kind: "circle", circle: 0 } as const;
  test("is made anew by itself, in the name of whoever corrected it, but for what somebody put into other words, and once", () => {
    const mine = summary({ kind: "participant", circle: 0, participant: personId("@bob:hs") }, ["Bob likes the."]);
    const at = table(
      said("1.1", "bob", "I like the."),
      { type: "minutes-made", entry: mine },
      { type: "minutes-made", entry: summary(circle, ["I like the."]) },
    );
    expect(at.refresh(at.record.now.minutes)).toBeNull();
    at.correct("bob", { of: "summary", id: entryId(mine), sentences: ["Bob likes it all."] });
    at.correct("bob", toTea);
    const event = at.refresh(at.record.now.minutes);
    expect(event).toEqual({
      type: "minutes-redo",
      at: 9,
      by: "@bob:hs",
      results: [{ plugin: "circle-summary", about: circle }],
    });
    at.record.add(event!);
    expect(at.refresh(at.record.now.minutes)).toBeNull();
    expect(at.record.now.minutes.map((entry) => isByHand(entry, at.record.now))).toEqual([true, false]);
  });

  test("is a suggestion's title, too: it stays the same suggestion, so that its message changes and no second one appears", () => {
    const at = table(said("1.1", "bob", "I water the rofs."), { type: "minutes-made", entry: tasks([task("rofs")]) });
    at.correct("bob", { ...toTea, text: "I water the roofs." });
    at.record.add({ type: "minutes-made", entry: tasks([task("roofs")], 2), basis: 1 });
    expect(at.tasks()).toEqual(["rofs roofs suggested"]);
  });
});

test("a decision is confirmed by whoever said it, and stays confirmed when the minutes are made anew; what nobody confirmed and is not found again is dropped", () => {
  const decisions = (texts: string[]): MinutesEntry => ({
    about: { kind: "meeting" },
    madeBy: madeBy("decisions", 1),
    result: {
      form: "decisions",
      decisions: texts.map((text, at) => ({
        id: text,
        text,
        from: [`1.${at + 1}`],
        confirmedBy: null,
        status: "suggested",
      })),
    },
  });
  const at = table(said("1.1", "bob", "Tea."), said("1.2", "bob", "Cake."), {
    type: "minutes-made",
    entry: decisions(["tea", "cake"]),
  });
  expect(at.correct("tom", { of: "decision", id: "tea", status: "confirmed" })).toBe("not-yours-to-correct");
  expect(at.correct("bob", { of: "decision", id: "tea", text: "Tea at four", status: "confirmed" })).toBe("corrected");
  expect(at.correct("bob", { of: "decision", id: "gone", status: "confirmed" })).toBe("nothing-to-correct");
  at.record.add({ type: "minutes-made", entry: decisions([]) });
  expect(at.view().minutes[0]?.result).toMatchObject({
    decisions: [
      { text: "Tea at four", status: "confirmed", confirmedBy: "@bob:hs" },
      { text: "cake", status: "dropped", confirmedBy: null },
    ],
  });
});

test("a question is said to be answered by whoever asked it, typed or spoken", () => {
  const question = {
    id: "q",
    text: "Who pays?",
    from: ["$c"],
    confirmedBy: null,
    status: "suggested",
    answeredIn: [],
  } as const;
  const comment = {
    id: "$c",
    circle: 0,
    turn: 1,
    who: personId("@tom:hs"),
    name: "tom",
    at: 1,
    text: "Question: who pays?",
  };
  const entry: MinutesEntry = {
    about: { kind: "meeting" },
    madeBy: madeBy("questions", 1),
    result: { form: "questions", questions: [{ ...question, from: ["$c"], answeredIn: [] }] },
  };
  const at = table({ type: "comment-made", comment }, { type: "minutes-made", entry });
  expect(at.correct("bob", { of: "question", id: "q", status: "answered" })).toBe("not-yours-to-correct");
  expect(at.correct("tom", { of: "question", id: "q", status: "answered" })).toBe("corrected");
  expect(at.correct("tom", { of: "question", id: "q", status: "answered" })).toBe("same");
  expect(at.view().corrections).toMatchObject([
    { of: "question", before: { status: "suggested" }, after: { status: "answered" } },
  ]);
});
