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
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";

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

  test("in a meeting that was erased by somebody else are untouched", async () => {
    const { erase, id, rows } = voting();
    await erase(id(), BOB);
    expect(rows()).toContain("a walrus of mine");
    expect(rows()).not.toContain("heron");
  });
});
