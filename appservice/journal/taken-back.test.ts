import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planOf, Scenario } from "../circle/scenario.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import { recordOf, recordVersion } from "../record/view.ts";
import { readableUnder } from "../../tests/support/journal/readable.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../protocol/identity.ts";

const [ROOM, ANN, BOB, DAY] = [roomId("!room"), personId("@ann:hs"), personId("@bob:hs"), 24 * 3600_000];
const engine = { id: "e", model: "m" };

/**
 * A service that is started, and started again, on one database; with a meeting in which Ann spoke of a walrus and Bob
 * typed of an ocelot.
 */
function service() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-back-"));
  let now = 10 * DAY;
  const start = () => {
    const db = openDatabase(join(folder, "mindminder.db"));
    return {
      db,
      meetings: new Meetings({
        journal: new Journal(db),
        now: () => now,
        languageOf: () => "en",
        onUnreadable: (_, error) => {
          throw error;
        },
      }),
    };
  };
  let { db, meetings } = start();
  const person = { actor: madeActor(ANN, { moderates: true, door: "chat" }), expectedVersion: null } as const;
  const plan = planOf(Scenario.parse({ id: "garden", title: "Garden", circles: [{ theme: "How?" }] }), "en", "");
  const meet = () => {
    meetings.send(ROOM, { type: "join", name: "Ann", ...person, at: now });
    meetings.send(ROOM, { type: "start", plan, topic: "", seed: 1, ...person, at: now });
    return meetings.of(ROOM)!.meeting.id;
  };
  const id = meet();
  const say = (piece: string, text: string) =>
    meetings.note(id, {
      type: "utterance-heard",
      utterance: {
        id: piece,
        turn: 1,
        circle: 0,
        speaker: ANN,
        startedAt: now,
        endedAt: now + 1,
        language: "en",
        engine,
        text,
        segments: [{ kind: "speech", text }],
      },
    });
  say("1.1", "I propose a walrus.");
  say("1.2", "I propose a heron.");
  meetings.note(id, {
    type: "comment-made",
    comment: { id: "$bob", circle: 0, turn: 1, who: BOB, name: "Bob", at: now, text: "I buy an ocelot" },
  });
  meetings.note(id, { type: "comment-edited", id: "$bob", text: "I buy two ocelots", edit: "$edit", at: now + 1 });
  const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: now } as const;
  const task = (word: string, from: string) => ({
    id: `t-${from}`,
    title: `Buy a ${word}`,
    owner: BOB,
    due: null,
    from: [from],
    status: "open" as const,
  });
  const about = { kind: "meeting" } as const;
  meetings.note(id, {
    type: "minutes-made",
    entry: {
      about,
      madeBy,
      result: { form: "tasks", tasks: [task("walrus", "1.1"), task("heron", "1.2"), task("ocelot", "$bob")] },
    },
  });
  const sentence = (word: string, from: string) => ({ text: `A ${word}.`, from: [from] });
  meetings.note(id, {
    type: "minutes-made",
    entry: {
      about,
      madeBy: { ...madeBy, plugin: "meeting-summary" },
      result: {
        form: "summary",
        sentences: [sentence("walrus", "1.1"), sentence("heron", "1.2"), sentence("ocelot", "$bob")],
      },
    },
  });
  meetings.note(id, {
    type: "minutes-made",
    entry: {
      about,
      madeBy: { ...madeBy, plugin: "decisions" },
      result: {
        form: "decisions",
        decisions: [{ id: "d1", text: "The walrus comes", from: ["1.1"], confirmedBy: null, status: "suggested" }],
      },
    },
  });
  const corrected = (by: ParticipantId, change: object) =>
    meetings.note(id, { type: "corrected", at: now, by, name: by, door: "widget", change: change as never });
  corrected(BOB, { of: "task", id: "t-$bob", title: "Buy the ocelot twice" });
  corrected(ANN, { of: "decision", id: "d1", status: "confirmed", text: "The walrus really comes" });
  corrected(ANN, { of: "utterance", id: "1.1", text: "I propose one walrus." });
  meetings.send(ROOM, { type: "end", ...person, at: now });
  const find = () => meetings.readNow(ROOM, id)!;
  return {
    id,
    find,
    meetings: () => meetings,
    /** Three days on, when another meeting has been, and the service was started anew. */
    later() {
      now += 3 * DAY;
      meet();
      meetings.send(ROOM, { type: "end", ...person, at: now });
      db.close();
      ({ db, meetings } = start());
      expect(meetings.all().some(({ meeting }) => meeting.id === id)).toBe(false);
    },
    restart() {
      db.close();
      ({ db, meetings } = start());
    },
    shown: () => JSON.stringify(recordOf(find().meeting, find().record)).toLowerCase(),
    onDisk: () => readableUnder(folder).toLowerCase(),
    now: () => now,
  };
}

const takeBack = (table: ReturnType<typeof service>, by: ParticipantId, moderator = false) =>
  table.meetings().correct(table.find(), { of: "utterance", id: "1.1", text: "" }, null, {
    actor: madeActor(by, { moderates: moderator }),
    at: table.now(),
  });

test("a comment that is taken back three days later is nowhere in the record nor in the database's bytes, and neither is what was made of it", () => {
  const table = service();
  table.later();
  expect(table.onDisk()).toContain("ocelot");
  expect(table.meetings().withMessage(ROOM, eventId("$bob"))?.meeting.id).toBe(table.id);
  expect(table.meetings().withMessage(roomId("!other"), eventId("$bob"))).toBeNull();
  const before = recordVersion(table.find());
  table.meetings().note(table.id, { type: "comment-removed", id: "$bob", by: ANN, at: table.now() });
  expect(table.shown()).not.toContain("ocelot");
  expect(table.onDisk()).not.toContain("ocelot");
  expect(recordVersion(table.find())).toBeGreaterThan(before);
  expect([table.shown().includes("walrus"), table.shown().includes("heron")]).toEqual([true, true]);
  expect(table.onDisk()).toContain(`"type":"comment-removed","id":"$bob","by":"${ANN}"`);
});

test("something said that its speaker empties three days later is gone likewise, with all its corrections; who did it stays", () => {
  const table = service();
  table.later();
  expect(takeBack(table, ANN).accepted).toBe(true);
  expect(table.shown()).not.toContain("walrus");
  expect(table.onDisk()).not.toContain("walrus");
  expect([table.shown().includes("ocelot"), table.shown().includes("heron")]).toEqual([true, true]);
  const { corrections } = recordOf(table.find().meeting, table.find().record);
  expect(corrections.filter(({ of }) => of === "utterance")).toEqual([
    { of: "utterance", id: "1.1", by: ANN, name: ANN, at: table.now(), door: "widget", before: "", after: "" },
  ]);
});

test("what the journal still holds folds to the same record, also when it is read anew", () => {
  for (const after of [
    (table: ReturnType<typeof service>) => void takeBack(table, ANN),
    (table: ReturnType<typeof service>) => table.meetings().note(table.id, { type: "comment-removed", id: "$bob" }),
    (table: ReturnType<typeof service>) =>
      table.meetings().note(table.id, { type: "comment-edit-removed", edit: "$edit" }),
  ]) {
    const table = service();
    after(table);
    const [shown, changes] = [table.shown(), table.find().record.changes.length];
    table.restart();
    expect(JSON.parse(table.shown())).toEqual(JSON.parse(shown));
    expect(table.find().record.changes).toHaveLength(changes);
  }
});

test("an edit that is taken back takes its own words along, and leaves those before it", () => {
  const table = service();
  table.later();
  table.meetings().note(table.id, { type: "comment-edit-removed", edit: "$edit" });
  expect(table.shown()).toContain("i buy an ocelot");
  expect(table.onDisk()).not.toContain("two ocelots");
});

test("a moderator takes back what anybody said; whoever only keeps the meeting corrects it, and what stood there stays known", () => {
  const moderated = service();
  takeBack(moderated, BOB, true);
  expect(moderated.shown()).not.toContain("walrus");
  const kept = service();
  expect(kept.find().meeting.keeper).toBe(ANN);
  expect(takeBack(kept, BOB).accepted).toBe(false);
});

test("what was made before it, and comes after it, keeps nothing of it", () => {
  const table = service();
  takeBack(table, ANN);
  const madeBy = { plugin: "meeting-summary", version: "1", method: "llm", model: "m", prompt: "p", at: 2 } as const;
  table.meetings().note(table.id, {
    type: "minutes-made",
    basis: 0,
    entry: {
      about: { kind: "meeting" },
      madeBy,
      result: { form: "summary", sentences: [{ text: "A walrus again.", from: ["1.1"] }] },
    },
  });
  expect(table.shown()).not.toContain("walrus");
  expect(table.onDisk()).not.toContain("walrus");
});

test("that words went out of the journal is told once, so that their place on the disk is given back, and not before any did", () => {
  const house = service();
  const { id } = house;
  const note = (event: Parameters<Meetings["note"]>[1]) => house.meetings().note(id, event);
  const wentOut = () => house.meetings().tookBack();
  note({ type: "comment-dropped", id: "$nobody" });
  expect(wentOut()).toBe(false);
  const who = { at: house.now(), by: ANN, name: "Ann", door: "widget" } as const;
  note({ type: "taken-back", id: "1.1", ...who });
  expect([wentOut(), wentOut()]).toEqual([true, false]);

  // From then on words may come back with whatever is made of them, and with nothing else.
  note({ type: "comment-dropped", id: "$nobody" });
  expect(wentOut()).toBe(false);
  const again = house.find().record.minutes[0]!;
  note({ type: "minutes-made", entry: again });
  expect(wentOut()).toBe(true);
  note({
    type: "graph-drawn",
    drawn: { state: "s", at: house.now(), counts: {}, central: ["The walrus comes"], picture: null },
  });
  expect(wentOut()).toBe(true);
  note({ type: "command-taken-back", message: "$typed" });
  expect(wentOut()).toBe(true);
});
