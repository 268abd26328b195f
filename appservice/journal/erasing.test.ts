import { describe, expect, onTestFinished, test } from "vitest";
import { council, id as personOf } from "../../tests/support/circle/play.ts";
import { SEVEN, wordOf, wordyMeeting } from "../../tests/support/erasure/wordy-meetings.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { PersonRequest } from "../circle/command.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { recordOf } from "../record/view.ts";
import { openDatabase } from "../store/database.ts";
import { Erasures } from "../store/erasures.ts";
import type { JournalEntry } from "./entry.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import { atOnce } from "./parts-of-work.ts";

const ROOM = roomId("!room:hs");
const [ANN, BOB, ZOE] = [personId("@ann:hs"), personId("@bob:hs"), personId("@zoe:hs")];

function house(db = openDatabase(":memory:")) {
  let now = 1_000_000;
  const meetings = new Meetings({
    journal: new Journal(db),
    now: () => now,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  onTestFinished(() => meetings.stop());
  const ask = (who: typeof ANN, what: PersonRequest & { readonly message?: string }) =>
    meetings.send(ROOM, { ...what, actor: madeActor(who), at: now, expectedVersion: null });
  const id = () => meetings.of(ROOM)!.meeting.id;
  const shown = () => snapshotOf(meetings.of(ROOM)!.meeting, now).circles;
  const erase = async (meeting: MeetingId, who: typeof ANN) => {
    if (!(await meetings.takeWordsBack(meeting, who, now))) return false;
    await meetings.eraseWords(meeting, who);
    return true;
  };
  const rows = () => JSON.stringify(new Journal(db).read(id()));
  return { db, meetings, ask, erase, id, shown, rows, later: (ms: number) => (now += ms) };
}

/** Ann objected in a message, and wrote a text that is voted on; Bob wrote one as well. */
function voting() {
  const all = house();
  const { ask, later } = all;
  for (const who of [ANN, BOB]) ask(who, { type: "join", name: who });
  const circles = [
    { theme: "ok?", kind: "consent" as const },
    { theme: "ideas", kind: "silent-writing" as const },
    { theme: "which?", kind: "dot-vote" as const },
  ];
  ask(ANN, { type: "start", plan: council({ betweenSeconds: 0, circles }), topic: "", seed: 1 });
  ask(ANN, { type: "take-position", position: "object", reason: "a walrus", message: "$typed" });
  const round = () => {
    for (const who of [ANN, BOB]) {
      later(3_000);
      ask(who, { type: "pass" });
    }
  };
  round();
  ask(ANN, { type: "write", text: "a walrus of mine", finished: true });
  ask(BOB, { type: "write", text: "a heron", finished: true });
  round();
  ask(ANN, { type: "group-texts", texts: [1], name: "walruses" });
  ask(ANN, { type: "end-circle" });
  return all;
}

describe("all words of somebody in a meeting", () => {
  test("are nowhere in the journal nor in the meeting at hand, and the others' stand where they stood", async () => {
    const { meetings, erase, id, shown, rows, db } = voting();
    expect(await meetings.wordsGivenBy(id(), ANN)).toEqual(["a walrus", "a walrus of mine", "walruses"]);
    expect(await erase(id(), ANN)).toBe(true);
    expect(rows()).not.toContain("walrus");
    expect(JSON.stringify(meetings.of(ROOM))).not.toContain("walrus");
    const [consent, writing, vote] = shown();
    expect(consent?.stances).toEqual([{ who: ANN, position: "object", reason: "—" }]);
    expect(writing?.texts.map(({ text }) => text)).toEqual(["a heron"]);
    expect(vote?.vote?.map(({ name, texts }) => [name, texts.map(({ number, text }) => [number, text])])).toEqual([
      ["", [[1, ""]]],
      ["", [[2, "a heron"]]],
    ]);
    expect(meetings.unwritten().map(({ meeting }) => meeting.id)).toEqual([id()]);
    const again = house(db);
    expect(again.shown()).toEqual(shown());
    meetings.written(id());
    expect(meetings.unwritten()).toEqual([]);
  });

  test("are erased once; whoever gave none, and a meeting that is not known, have none", async () => {
    const { meetings, erase, id } = voting();
    await erase(id(), ANN);
    expect(await meetings.wordsGivenBy(id(), ANN)).toEqual([]);
    expect(await erase(id(), ANN)).toBe(false);
    expect(await erase(id(), ZOE)).toBe(false);
    expect(await erase(meetingId("mnobody0001"), ANN)).toBe(false);
    expect(await meetings.wordsGivenBy(id(), BOB)).toEqual(["a heron"]);
  });

  test("that stand in the circle alone leave the journal, too, and their place on the disk is given back", async () => {
    const { meetings, erase, id, ask } = voting();
    expect(meetings.of(ROOM)?.record.utterances.length).toBe(0);
    await erase(id(), BOB);
    expect(meetings.tookBack()).toBe(true);
    expect(ask(BOB, { type: "leave" }).accepted).toBe(true);
    expect(meetings.tookBack()).toBe(false);
  });

  test("are shown to nobody as soon as it is noted that they are to be erased, and words of after it are", async () => {
    const { db, meetings, ask, id } = voting();
    ask(ANN, { type: "end" });
    const read = async () => JSON.stringify(await meetings.readByAndBy(ROOM, id()));
    expect(await read()).toContain("walrus");
    new Erasures(db).note({ room: ROOM, who: ANN, at: 2_000_000 });
    expect(await read()).not.toContain("walrus");
    expect(JSON.stringify(meetings.readNow(ROOM, id()))).not.toContain("walrus");
    expect(await read()).toContain("heron");
    new Erasures(db).done({ room: ROOM, who: ANN, at: 2_000_000 }, 2_000_001);
    expect(await read(), "or nothing would be proved").toContain("walrus");
  });

  test("may be a comment alone", async () => {
    const { meetings, erase, id, rows } = voting();
    const comment = { id: "$c", circle: 2, turn: 1, who: ZOE, name: "Zoe", at: 1, text: "an ocelot" };
    meetings.note(id(), { type: "comment-made", comment });
    expect(await erase(id(), ZOE)).toBe(true);
    expect(rows()).not.toContain("ocelot");
    expect(await erase(id(), ZOE)).toBe(false);
  });

  test("of a command are taken back no earlier than they were given, though the clock was set back", () => {
    const { db, meetings, id, later } = voting();
    const { at } = meetings.of(ROOM)!.meeting;
    later(-3_600_000);
    meetings.takeBackCommand(id(), "$typed", ANN);
    const last = "SELECT json_extract(body, '$.at') FROM events WHERE kind = 'circle' ORDER BY seq DESC LIMIT 1";
    expect(db.prepare(last).pluck().get()).toBe(at);
  });

  test("are to be erased until they are taken back, at that moment or later, which is done once", async () => {
    const { db, meetings, id } = voting();
    const journal = new Journal(db);
    const at = 2_000_000;
    new Erasures(db).note({ room: ROOM, who: ANN, at });
    expect(journal.words.awaitingErasure(id())).toEqual([ANN]);
    expect(await meetings.takeWordsBack(id(), ANN, at)).toBe(true);
    expect(journal.words.awaitingErasure(id())).toEqual([]);
    const since = (who: typeof ANN, ...moments: number[]) =>
      moments.map((moment) => journal.words.isTakenBack(id(), who, moment));
    expect([since(ANN, at - 1, at, at + 1), since(BOB, 0)]).toEqual([[true, true, false], [false]]);
    const length = journal.lengthOf(id());
    expect(await meetings.takeWordsBack(id(), ANN, at)).toBe(false);
    expect(journal.lengthOf(id())).toBe(length);
  });

  test("are known with the messages in which they were typed, each once", () => {
    const { db, id } = voting();
    expect(atOnce(new Journal(db).words.givenBy(id(), ANN)).messages).toEqual(["$typed"]);
    expect(atOnce(new Journal(db).words.givenBy(id(), BOB)).messages).toEqual([]);
  });

  test("are out of the journal told once, and only then", async () => {
    const { meetings, erase, id } = voting();
    expect(meetings.tookBack()).toBe(false);
    await erase(id(), ANN);
    expect([meetings.tookBack(), meetings.tookBack()]).toEqual([true, false]);
  });
});

test("an erasure that the end of the service cuts off does not pass for one that is done", async () => {
  const { meetings, id } = voting();
  expect(await meetings.takeWordsBack(id(), ANN, 1_000_000)).toBe(true);
  meetings.stop();
  await expect(meetings.eraseWords(id(), ANN)).rejects.toThrow("the service ends");
});

describe("of seven who gave words by every door", () => {
  const [MEETING] = [meetingId("mwordy00001")];

  test.each(SEVEN)("%s is erased, and the meeting at hand is as it is read anew", async (name) => {
    const db = openDatabase(":memory:");
    wordyMeeting(new Journal(db), MEETING, ROOM, "bob");
    const { meetings, erase } = house(db);
    expect(await erase(MEETING, personOf(name))).toBe(true);
    expect(meetings.tookBack()).toBe(true);
    const [now, anew] = [meetings.readNow(ROOM, MEETING)!, house(db).meetings.readNow(ROOM, MEETING)!];
    expect(now.meeting).toEqual(anew.meeting);
    expect(recordOf(now.meeting, now.record)).toEqual(recordOf(anew.meeting, anew.record));
    const left = JSON.stringify([now, new Journal(db).read(MEETING)]);
    expect(left).not.toContain(`${name}zq`);
    for (const other of SEVEN.filter((each) => each !== name)) expect(left).toContain(wordOf(other, "typed"));
    expect(await erase(MEETING, personOf(name))).toBe(false);
  });
});

describe("the words of a command", () => {
  test("are taken back by its message: what it did stays done", () => {
    const { meetings, id, shown, rows } = voting();
    expect(meetings.commandWords(id(), "$typed")).toEqual(["a walrus"]);
    meetings.takeBackCommand(id(), "$typed", ANN);
    expect(meetings.commandWords(id(), "$typed")).toEqual([]);
    expect(shown()[0]?.stances).toEqual([{ who: ANN, position: "object", reason: "—" }]);
    expect(rows()).not.toContain('"a walrus"');
    expect(rows()).toContain("a walrus of mine");
    meetings.takeBackCommand(meetingId("mnobody0001"), "$typed", ANN);
    expect(meetings.commandWords(id(), "$other")).toEqual([]);
  });

  test("stay for an erasure of their writer's that has yet to find by them what the room holds", async () => {
    const { db, meetings, erase, id, rows } = voting();
    new Erasures(db).note({ room: ROOM, who: ANN, at: 2_000_000 });
    meetings.takeBackCommand(id(), "$typed", ANN);
    expect(meetings.commandWords(id(), "$typed")).toEqual(["a walrus"]);
    await erase(id(), ANN);
    expect(rows()).not.toContain("walrus");
  });

  test("of several, of whom one is to be erased, stay likewise", () => {
    const db = openDatabase(":memory:");
    const [journal, meeting] = [new Journal(db), meetingId("mquotes0001")];
    const quotes = [
      { by: ANN, words: "food" },
      { by: BOB, words: "camp" },
    ];
    const plan = council({ circles: [{ theme: "food at camp" }] });
    const started = { type: "meeting-started", at: 1, by: BOB, plan, topic: "food at camp", seed: 1, quotes } as const;
    const entries: JournalEntry[] = [
      { kind: "circle", event: { type: "meeting-gathered", at: 1, id: meeting, roomId: ROOM, language: "en" } },
      { kind: "circle", event: { ...started, message: "$start" } },
      { kind: "record", event: { type: "command-taken-back", message: "$start" } },
    ];
    journal.append(meeting, ROOM, 0, entries, 1);
    new Erasures(db).note({ room: ROOM, who: ANN, at: 2_000_000 });
    expect(atOnce(journal.words.takeOut(meeting))).toBe(false);
    expect(journal.commandWords(meeting, "$start")).toEqual(["food at camp"]);
    new Erasures(db).done({ room: ROOM, who: ANN, at: 2_000_000 }, 2_000_001);
    expect(atOnce(journal.words.takeOut(meeting))).toBe(true);
    expect(journal.commandWords(meeting, "$start")).toEqual([]);
  });

  test("in a meeting that was erased by somebody else are untouched", async () => {
    const { erase, id, rows } = voting();
    await erase(id(), BOB);
    expect(rows()).toContain("a walrus of mine");
    expect(rows()).not.toContain("heron");
  });
});

test("the words of a meeting are looked through at once while they are sixty, and by and by where they are more", () => {
  const { db, meetings, id } = voting();
  const areFew = () => new Journal(db).words.areFew(id());
  const type = (n: number) => {
    const comment = { id: `$${n}`, circle: 2, turn: 1, who: ZOE, name: "Zoe", at: 1, text: "an ocelot" };
    meetings.note(id(), { type: "comment-made", comment });
  };
  for (let n = 1; n <= 60; n++) type(n);
  expect(areFew()).toBe(true);
  type(61);
  expect(areFew()).toBe(false);
});
