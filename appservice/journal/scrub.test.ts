import { describe, expect, test } from "vitest";
import { utterance } from "../../tests/support/minutes/utterance.ts";
import { eventId, personId } from "../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import type { RecordEvent } from "../record/event.ts";
import { replayRecord } from "../record/evolve.ts";
import { atOnce } from "./parts-of-work.ts";
import { scrub } from "./scrub.ts";

const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const ABOUT = { kind: "meeting" } as const;
const CITED = ["1.1"];

/** Entries of a record as they are left, one after another. */
function left(...events: RecordEvent[]): RecordEvent[] {
  const changed = new Map(
    atOnce(scrub(events.map((event, seq) => ({ seq, event })))).map(({ seq, event }) => [seq, event]),
  );
  return events.map((event, seq) => changed.get(seq) ?? event);
}

const heard = (text: string, id = "1.1", speaker = ANN): RecordEvent => ({
  type: "utterance-heard",
  utterance: utterance({ id, turn: 1, speaker, text }),
});
const typed = (text: string, id = "$c"): RecordEvent => ({
  type: "comment-made",
  comment: { id, circle: 0, turn: 1, who: ANN, name: "Ann", at: 1, text },
});
const edited = (text: string, edit: string, id = "$c"): RecordEvent => ({ type: "comment-edited", id, text, edit });
const removed = (id = "$c"): RecordEvent => ({ type: "comment-removed", id });
const takenBack = (id = "1.1"): RecordEvent => ({
  type: "taken-back",
  id,
  at: 2,
  by: ANN,
  name: "Ann",
  door: "widget",
});
const corrected = (change: object, by: ParticipantId = ANN): RecordEvent => ({
  type: "corrected",
  at: 2,
  by,
  name: by,
  door: "widget",
  change: change as never,
});
const entry = (result: MinutesResult, plugin: string = result.form): MinutesEntry => ({
  about: ABOUT,
  madeBy: { plugin, version: "1", method: "rules", model: null, prompt: null, at: 1 },
  result,
});
const made = (result: MinutesResult, plugin?: string): RecordEvent => ({
  type: "minutes-made",
  entry: entry(result, plugin),
});
const summary = (text: string, from = CITED): MinutesResult => ({ form: "summary", sentences: [{ text, from }] });
const tasks = (title: string, from = CITED): MinutesResult => ({
  form: "tasks",
  tasks: [{ id: "t1", title, owner: null, due: null, from, status: "open" }],
});
const failed: RecordEvent = { type: "minutes-failed", plugin: "p", about: ABOUT, error: "cannot read: a walrus" };
const drawn: RecordEvent = {
  type: "graph-drawn",
  drawn: { state: "s", at: 1, counts: {}, central: ["a walrus"], picture: null },
};

/** Rest of the texts in events. */
const texts = (...events: (RecordEvent | undefined)[]) =>
  events.map((event) => {
    switch (event?.type) {
      case "utterance-heard":
        return event.utterance.text;
      case "comment-made":
        return event.comment.text;
      case "comment-edited":
        return event.text;
      case "corrected":
        return "text" in event.change ? event.change.text : "title" in event.change ? event.change.title : null;
      default:
        return null;
    }
  });

describe("a record of which nothing was taken back", () => {
  test("stays as it is, to the letter", () => {
    const events = [
      heard("a walrus"),
      typed("an ocelot"),
      edited("two", "$e"),
      failed,
      drawn,
      made(summary("A walrus.")),
    ];
    expect(atOnce(scrub(events.map((event, seq) => ({ seq, event }))))).toEqual([]);
  });

  test("that was corrected by others, even to nothing, is not taken back", () => {
    const events = [heard("a walrus"), corrected({ of: "utterance", id: "1.1", text: "" }, BOB)];
    expect(left(...events)).toEqual(events);
  });
});

describe("a text that is gone", () => {
  test("leaves signs as long as it was; another text of it leaves others, and the same the same", () => {
    const [first, second, third, fourth] = left(
      typed("walrus"),
      edited("ocelot", "$e1"),
      edited("ocelot", "$e2"),
      edited("heron", "$e3"),
      removed(),
    );
    expect(texts(first, second, third, fourth)).toEqual(["——————", "––––––", "––––––", "—————"]);
  });

  test("is all that one said or typed under that id, and nothing of another's", () => {
    const all = left(heard("walrus"), heard("heron", "1.2", BOB), typed("ocelot"), takenBack(), heard("later", "1.3"));
    expect(texts(...all)).toEqual(["——————", "heron", "ocelot", null, "later"]);
    expect(all[0]).toMatchObject({ utterance: { segments: [] } });
  });

  test("goes with the times of its words, and with what was corrected in it", () => {
    const said = { ...utterance({ id: "1.1", turn: 1, speaker: ANN, text: "walrus" }), places: [0, 100] };
    const [first, second, , third] = left(
      { type: "utterance-heard", utterance: said as never },
      corrected({ of: "utterance", id: "1.1", text: "walrus!" }, BOB),
      takenBack(),
      corrected({ of: "utterance", id: "1.1", text: "put anew" }),
    );
    expect(first).not.toHaveProperty("utterance.places");
    expect(texts(first, second, third)).toEqual(["——————", "–––––––", "put anew"]);
  });

  test("is gone where its speaker empties it, as where they take it back", () => {
    const [said, , other] = left(
      heard("walrus"),
      corrected({ of: "utterance", id: "1.1", text: "" }),
      heard("b", "1.2"),
    );
    expect(texts(said, other)).toEqual(["——————", "b"]);
  });

  test("of an edit is that edit alone", () => {
    const all = left(typed("walrus"), edited("ocelot", "$e1"), edited("heron", "$e2"), {
      type: "comment-edit-removed",
      edit: eventId("$e1"),
    });
    expect(texts(...all).slice(0, 3)).toEqual(["walrus", "——————", "heron"]);
  });

  test("that was typed again after it stands", () => {
    expect(texts(...left(typed("walrus"), removed(), typed("walrus")))).toEqual(["——————", null, "walrus"]);
  });
});

describe("results that rest on what is gone", () => {
  test("lose those words, and keep what rests on others'", () => {
    const both: MinutesResult = {
      form: "summary",
      sentences: [
        { text: "A walrus.", from: ["1.1"] },
        { text: "A heron.", from: ["1.2"] },
      ],
    };
    const [first, second] = left(made(both), made(tasks("Buy a walrus")), takenBack());
    expect(first).toMatchObject({ entry: { result: { sentences: [{ text: "A heron." }] } } });
    expect(second).toMatchObject({ entry: { result: { tasks: [{ title: "—", status: "dropped" }] } } });
  });

  test("lose them also where they were written after it, since they were made before", () => {
    const [, late] = left(takenBack(), made(summary("A walrus.")));
    expect(late).toMatchObject({ entry: { result: { sentences: [] } } });
  });

  test("keep them where there are other words instead by then", () => {
    const events = [heard("walrus"), takenBack(), corrected({ of: "utterance", id: "1.1", text: "heron" }, BOB)];
    const [early, late] = [
      left(...events, made(summary("A heron."))).at(-1),
      left(...events.slice(0, 2), made(summary("x"))).at(-1),
    ];
    expect(early).toMatchObject({ entry: { result: { sentences: [{ text: "A heron." }] } } });
    expect(late).toMatchObject({ entry: { result: { sentences: [] } } });
    const reworded = corrected({ of: "utterance", id: "1.1", text: "two herons" }, BOB);
    const between = left(...events, made(summary("A heron.")), reworded).at(-2);
    expect(between, "and others after it").toMatchObject({ entry: { result: { sentences: [{ text: "A heron." }] } } });
    const again = left(...events, takenBack(), made(summary("A heron."))).at(-1);
    expect(again, "taken back once more").toMatchObject({ entry: { result: { sentences: [] } } });
  });

  test("lose the words of an edit that was removed while they were being made, and all of a note they are", () => {
    const late = (result: MinutesResult, basis: number): RecordEvent => ({
      type: "minutes-made",
      entry: entry(result),
      basis,
    });
    const events = [
      typed("walrus"),
      edited("ocelot", "$e1"),
      { type: "comment-edit-removed", edit: eventId("$e1") } as const,
      late(summary("An ocelot.", ["$c"]), 1),
      late({ form: "note", title: "Figures", text: "an ocelot" }, 1),
    ];
    const anew = [late(summary("A walrus.", ["$c"]), 2), late({ form: "note", title: "Figures", text: "a walrus" }, 2)];
    expect(replayRecord(events).minutes.map(({ result }) => result)).toEqual([
      { form: "summary", sentences: [] },
      { form: "note", title: "", text: "" },
    ]);
    expect(JSON.stringify(left(...events))).not.toContain("ocelot");
    const all = left(...events, ...anew);
    expect(JSON.stringify(all)).not.toContain("ocelot");
    expect(all.slice(-2)).toEqual(anew);
    expect(replayRecord(all).minutes).toEqual(replayRecord([...events, ...anew]).minutes);
  });

  test("lose what rests on a command, on a person's words, and on a comment of which an edit went", () => {
    const without = { entry: { result: { sentences: [] } } };
    const goes = (from: string, ...after: RecordEvent[]) => left(made(summary("A walrus.", [from])), ...after)[0];
    expect(goes("$typed", { type: "command-taken-back", message: "$typed" })).toMatchObject(without);
    expect(goes(ANN, { type: "words-erased", at: 1, who: ANN })).toMatchObject(without);
    expect(goes(BOB, { type: "words-erased", at: 1, who: ANN })).not.toMatchObject(without);
    const edits = [typed("walrus"), edited("ocelot", "$e1"), made(summary("An ocelot.", ["$c"]))];
    const all = left(...edits, { type: "comment-edit-removed", edit: eventId("$e1") });
    expect(all[2]).toMatchObject(without);
  });

  test("that came after all that was taken back keep their words, also where there are newer ones", () => {
    const note = (text: string): MinutesResult => ({ form: "note", title: "Figures", text });
    const [, first, second] = left(takenBack("9.9"), made(note("one")), made(note("two")));
    expect([first, second]).toEqual([made(note("one")), made(note("two"))]);
  });

  test("that were made anew since, and say of nothing on what they rest, are empty; the newest is not", () => {
    const note = (text: string): MinutesResult => ({ form: "note", title: "Figures", text });
    const all = left(made(note("a walrus")), takenBack(), made(note("no walrus")));
    expect(all[0]).toMatchObject({ entry: { result: { title: "", text: "" } } });
    expect(all[2]).toMatchObject({ entry: { result: { title: "Figures", text: "no walrus" } } });
    const only = left(made(note("a walrus")), takenBack());
    expect(only[0]).toMatchObject({ entry: { result: { text: "a walrus" } } });
  });

  test("lose what people put into their place, too; that something was done stays", () => {
    const sentences = ["Walruses."];
    const [, , summed, task, done] = left(
      made(summary("A walrus.")),
      made(tasks("Buy a walrus")),
      corrected({ of: "summary", id: entryId(entry(summary(""))), sentences }, BOB),
      corrected({ of: "task", id: "t1", title: "Buy two walruses" }, BOB),
      corrected({ of: "task", id: "t1", status: "done" }, BOB),
      takenBack(),
    );
    expect(summed).toMatchObject({ change: { sentences: [] } });
    expect(task).toMatchObject({ change: { title: "—" } });
    expect(done).toEqual(corrected({ of: "task", id: "t1", status: "done" }, BOB));
  });

  test("lose all words of a summary that people had put into others, which is then nobody's: it is made anew", () => {
    const both: MinutesResult = {
      form: "summary",
      sentences: [
        { text: "A walrus.", from: ["1.1"] },
        { text: "A heron.", from: ["1.2"] },
      ],
    };
    const change = { of: "summary", id: entryId(entry(both)), sentences: ["Walruses."] };
    const record = replayRecord(left(made(both), corrected(change, BOB), takenBack()));
    expect(record.minutes[0]?.result).toEqual({ form: "summary", sentences: [] });
    expect(record.corrections.toArray()).toEqual([]);
  });

  test("leave alone a summary that people put into other words, though it was made anew: it stands", () => {
    const first = entry(summary("A heron.", ["1.2"]));
    const anew = { ...entry(summary("Two herons.", ["1.2"])), madeBy: { ...first.madeBy, at: 3 } };
    const change = { of: "summary", id: entryId(first), sentences: ["Herons."] };
    const events: RecordEvent[] = [
      heard("walrus"),
      heard("heron", "1.2", BOB),
      { type: "minutes-made", entry: first },
      corrected(change, BOB),
      { type: "minutes-made", entry: anew },
      takenBack(),
    ];
    const after = left(...events);
    expect(replayRecord(after).minutes).toEqual(replayRecord(events).minutes);
    expect(replayRecord(after).minutes[0]?.result).toMatchObject({ sentences: [{ text: "Herons.", from: ["1.2"] }] });
    expect(after[4]).toMatchObject({ entry: { result: { sentences: [] } } });
  });

  test.each(["decision", "question"] as const)("a %s that people reworded loses its words as well", (of) => {
    const item = { id: "d1", text: "A walrus", from: CITED, confirmedBy: null, answer: null, status: "suggested" };
    const result = { form: `${of}s`, [`${of}s`]: [item] } as unknown as MinutesResult;
    const change = { of, id: "d1", status: "confirmed", text: "One walrus" };
    const [, reworded, other, confirmed] = left(
      made(result),
      corrected(change, BOB),
      corrected({ ...change, id: "d2" }, BOB),
      corrected({ of, id: "d1", status: "confirmed" }, BOB),
      takenBack(),
      corrected(change, BOB),
    );
    expect(texts(reworded, other, confirmed)).toEqual(["—", "One walrus", null]);
    expect(left(made(result), takenBack(), corrected(change, BOB)).at(-1)).toEqual(corrected(change, BOB));
  });
});

describe("what says of nothing on whose words it rests", () => {
  test("is empty where it came before anything was taken back: errors, and the graph as it was drawn", () => {
    const [error, graph, , laterError, laterGraph] = left(failed, drawn, takenBack(), failed, drawn);
    expect(error).toEqual({ ...failed, error: "" });
    expect(graph).toMatchObject({ drawn: { state: "", central: [], picture: null } });
    expect([laterError, laterGraph]).toEqual([failed, drawn]);
  });
});
