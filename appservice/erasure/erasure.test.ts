import { erasingDesk } from "../../tests/support/erasure/erasing-desk.ts";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { mayBeWritten } from "../circle/agreement.ts";
import type { Shown } from "../protocol/agreement.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { formatSoundKey, soundFile } from "../protocol/sound-key.ts";
import { recordOf } from "../record/view.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { openedAssemblies } from "../../tests/support/journal/opened-assemblies.ts";
import { openedMeetings } from "../../tests/support/journal/opened-meetings.ts";
import { openStores } from "../stores.ts";
import { backUp } from "../store/backup.ts";
import { restore } from "../store/restore.ts";
import { council, id } from "../../tests/support/circle/play.ts";
import { readableUnder } from "../../tests/support/journal/readable.ts";
import { DOORS, SEVEN, type Name, wordOf, wordyMeeting } from "../../tests/support/erasure/wordy-meetings.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";

const [ROOM, OTHER] = [roomId("!garden:hs"), roomId("!pond:hs")];
const MEETINGS = ["mwordy00001", "mwordy00002", "mwordy00003"].map(meetingId);
const ASKS: Shown = { wording: 1, items: [{ what: "comments" }] };
const HOUR = 3600_000;

/** A service's data on the disk, opened as at each start. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-erasure-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const state = join(folder, "state");
  const database = join(state, "mindminder.db");
  const clock = { now: Date.UTC(2026, 10, 24) };
  const open = (before: (step: string) => void = () => {}) => {
    clock.now += HOUR;
    const now = () => clock.now;
    const stores = openStores(database, { keepAudioDays: 30, now, say: () => {} });
    const meetings = openedMeetings(stores.journal, ASKS, now);
    const steps: string[] = [];
    const desk = erasingDesk(stores, {
      meetings,
      assemblies: openedAssemblies(stores, now).erasing,
      now,
      before(step) {
        steps.push(step);
        before(step);
      },
    });
    return {
      stores,
      meetings,
      desk,
      steps,
      seen: (meeting: MeetingId) => {
        const live = meetings.readNow(ROOM, meeting);
        if (!live) throw new Error(`${meeting} is not there`);
        return { meeting: snapshotOf(live.meeting, 0), record: recordOf(live.meeting, live.record, live.drafts) };
      },
      done: async () => {
        await expect.poll(() => stores.erasures.pending()).toEqual([]);
        await desk.stop();
      },
      close() {
        meetings.stop();
        stores.close();
      },
    };
  };
  return { folder, state, database, clock, open };
}

/** A place with three meetings in a room and one in another, in each of which all seven gave words. */
function withMeetings() {
  const it = place();
  cpSync(prepared, it.state, { recursive: true });
  return it;
}

/** The same, made once. */
let prepared = "";
beforeAll(() => {
  prepared = mkdtempSync(join(tmpdir(), "mindminder-erasure-"));
  const stores = openStores(join(prepared, "mindminder.db"), { keepAudioDays: 30, now: () => 0, say: () => {} });
  for (const meeting of MEETINGS) wordyMeeting(stores.journal, meeting, ROOM, "bob");
  wordyMeeting(stores.journal, meetingId("mwordy00009"), OTHER);
  stores.close();
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

/**
 * Words of somebody's that can be made out from the files under a folder: from their bytes, and with the keys there.
 */
function wordsLeft(folder: string, name: Name): string[] {
  return [...readableUnder(folder).matchAll(new RegExp(`${name}zq\\w*`, "g"))].map(([word]) => word);
}

test("all doors of the made-up meetings are open, or nothing would be proved", () => {
  const it = withMeetings();
  const left = new Set(wordsLeft(it.state, "bob"));
  expect(
    DOORS.map((door) => wordOf("bob", door)).filter((word) => ![...left].some((each) => each.startsWith(word))),
  ).toEqual([]);
});

test("of one of seven no byte is left after three meetings, and the others' words stand", async () => {
  const it = withMeetings();
  const before = it.open();
  const others = SEVEN.filter((name) => name !== "bob");
  const stood = Object.fromEntries(
    others.map((name) => [name, MEETINGS.map((each) => wordsIn(before.seen(each), name))]),
  );
  before.desk.ask(ROOM, id("bob"));
  await before.done();
  const seen = MEETINGS.map(before.seen);
  const elsewhere = before.meetings.readNow(OTHER, meetingId("mwordy00009"));
  expect(JSON.stringify(elsewhere?.record.utterances.toArray()), "another room is not meant").toContain("bobzq");
  before.close();

  const after = it.open();
  expect(MEETINGS.map(after.seen), "it is read again as it was in memory").toEqual(seen);
  expect(MEETINGS.flatMap((each) => wordsIn(after.seen(each), "bob"))).toEqual([]);
  for (const name of others)
    expect(
      MEETINGS.map((each) => wordsIn(after.seen(each), name)),
      name,
    ).toEqual(stood[name]);
  after.stores.journal.forget(meetingId("mwordy00009"), 0);
  after.close();
  expect(wordsLeft(it.state, "bob")).toEqual([]);
  expect(wordsLeft(it.state, "fay")).not.toEqual([]);
});

/** Words of somebody's in what people see of a meeting, but for those that others have put into other words since. */
function wordsIn(seen: unknown, name: Name): string[] {
  const found = JSON.stringify(seen).matchAll(
    new RegExp(`${name}zq(spoken|heard|typed|edited|text|reason|group)`, "g"),
  );
  return [...new Set([...found].map(([word]) => word))].sort();
}

test("to erase twice, or somebody who was never there, changes nothing", async () => {
  const it = withMeetings();
  const { desk, done, seen, stores, close } = it.open();
  desk.ask(ROOM, id("bob"));
  await done();
  const [once, lengths] = [MEETINGS.map(seen), MEETINGS.map((each) => stores.journal.lengthOf(each))];
  close();
  const again = it.open();
  again.desk.ask(ROOM, id("bob"));
  again.desk.ask(ROOM, id("zoe"));
  await again.done();
  expect(MEETINGS.map(again.seen)).toEqual(once);
  expect(MEETINGS.map((each) => again.stores.journal.lengthOf(each))).toEqual(lengths);
  again.close();
});

test("who sits in the circle goes on there, and what they write once they agree again stands", async () => {
  const it = place();
  const { meetings, desk, done, close, clock } = { ...it.open(), clock: it.clock };
  const by = (name: Name) => ({
    actor: madeActor(id(name), { door: "chat" as const }),
    expectedVersion: null,
    at: clock.now,
  });
  const send = (name: Name, what: object) =>
    meetings.send(ROOM, { ...what, ...by(name) } as Parameters<Meetings["send"]>[1]);
  const comment = (text: string) => {
    const meeting = meetings.of(ROOM)?.meeting.id ?? meetingId("");
    meetings.note(meeting, {
      type: "comment-made",
      comment: { id: `$c${text.length}`, circle: 0, turn: 1, who: id("bob"), name: "bob", at: clock.now, text },
    });
  };
  for (const name of ["ann", "bob"] as const) send(name, { type: "join", name });
  send("ann", { type: "start", plan: council(), topic: "", seed: 1 });
  send("ann", { type: "accept" });
  comment("bobzqfirst");
  desk.ask(ROOM, id("bob"));
  await done();
  expect(mayBeWritten(meetings.of(ROOM)!.meeting, id("bob"))).toBe(false);
  expect(meetings.of(ROOM)?.meeting).toMatchObject({ phase: "circle", turn: { speaker: id("ann") } });
  expect(meetings.of(ROOM)?.meeting.people.map((each) => each.presence)).toEqual(["room", "room"]);
  clock.now += HOUR;
  send("bob", { type: "agree", agreed: true, shown: ASKS });
  comment("bobzqsecond");
  close();
  const after = it.open();
  after.desk.look();
  await after.done();
  expect(JSON.stringify(after.meetings.of(ROOM)?.record.comments.toArray())).toMatch(/^(?!.*bobzqfirst).*bobzqsecond/);
  after.close();
  expect(wordsLeft(it.state, "bob")).not.toContain("bobzqfirst");
});

test("of two of one name only who asked is erased", async () => {
  const it = withMeetings();
  const { desk, done, close } = it.open();
  desk.ask(ROOM, id("gus"));
  await done();
  close();
  const [first = meetingId("")] = MEETINGS;
  const after = it.open();
  expect(wordsIn(after.seen(first), "gus")).toEqual([]);
  expect(wordsIn(after.seen(first), "fay")).not.toEqual([]);
  after.close();
});

test("a room that another service has from some step on is gone through where it goes on", async () => {
  const [first = meetingId("")] = MEETINGS;
  for (const moves of [`take back in ${first}`, "erase sound", "seal messages anew"]) {
    const it = withMeetings();
    let left = false;
    const { desk, steps, stores, meetings, close } = it.open((step) => {
      if (step !== moves || left) return;
      left = true;
      meetings.letGo(ROOM);
    });
    desk.ask(ROOM, id("bob"));
    await expect.poll(() => left).toBe(true);
    desk.look();
    desk.ask(OTHER, id("zoe"));
    await expect.poll(() => stores.erasures.pending(), { message: moves }).toMatchObject([{ room: ROOM }]);
    await desk.stop();
    expect(
      steps.filter((step) => step === "destroy the keys"),
      moves,
    ).toHaveLength(1);
    meetings.comeIn(ROOM, it.clock.now);
    close();
    const again = it.open();
    again.desk.look();
    await again.done();
    expect(
      MEETINGS.flatMap((each) => wordsIn(again.seen(each), "bob")),
      moves,
    ).toEqual([]);
    again.close();
  }
});

test("interrupted before any step it is carried on at the next start", async () => {
  const whole = withMeetings();
  const first = whole.open();
  first.desk.ask(ROOM, id("bob"));
  await first.done();
  first.close();
  expect(first.steps.length).toBeGreaterThan(MEETINGS.length);
  for (const step of first.steps) {
    const it = withMeetings();
    const cut = it.open((at) => {
      if (at === step) throw new Error("the power is cut");
    });
    cut.desk.ask(ROOM, id("bob"));
    await expect.poll(() => cut.steps).toContain(step);
    await cut.desk.stop();
    expect(cut.stores.erasures.pending(), step).toHaveLength(1);
    cut.close();
    const next = it.open();
    next.desk.look();
    await next.done();
    next.stores.journal.forget(meetingId("mwordy00009"), 0);
    next.close();
    expect(wordsLeft(it.state, "bob"), step).toEqual([]);
  }
});

test("an older backup that is put back does not bring the words back", async () => {
  const it = withMeetings();
  const backup = join(it.folder, "backup");
  await backUp(it.database, backup, it.clock.now);
  const { desk, done, stores, close } = it.open();
  desk.ask(ROOM, id("bob"));
  await done();
  stores.journal.forget(meetingId("mwordy00009"), 0);
  close();
  const later = join(it.folder, "later");
  await backUp(it.database, later, it.clock.now);
  expect(wordsLeft(later, "bob"), "a backup made since has none of it").toEqual([]);

  restore(backup, it.database, it.clock.now);
  const after = it.open();
  after.desk.look();
  await after.done();
  expect(MEETINGS.flatMap((each) => wordsIn(after.seen(each), "bob"))).toEqual([]);
  after.stores.journal.forget(meetingId("mwordy00009"), 0);
  after.close();
  rmSync(join(it.state, readdirSync(it.state).find((name) => name.startsWith("before-restore")) ?? "none"), {
    recursive: true,
    force: true,
  });
  expect(wordsLeft(it.state, "bob")).toEqual([]);
});

test("the sound goes with the words, and that of others stays", async () => {
  const it = withMeetings();
  const { stores, desk, done, close } = it.open();
  const keep = (name: Name) => {
    const of = { room: ROOM, speaker: id(name) };
    stores.audio.consent(of, true);
    const [meeting = meetingId("")] = MEETINGS;
    const file = join(stores.audioFolder, stores.audio.placeFor(of, { meeting, turn: 1, startedAt: 1 }) ?? "");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${name}zqsound`);
  };
  keep("bob");
  keep("cid");
  for (const [name, turn] of [
    ["bob", 2],
    ["cid", 3],
  ] as const)
    spool(stores.spoolFolder, name, turn);
  desk.ask(ROOM, id("bob"));
  await done();
  expect(wordsLeft(stores.audioFolder, "bob")).toEqual([]);
  expect(wordsLeft(stores.audioFolder, "cid")).toEqual(["cidzqsound"]);
  expect(wordsLeft(stores.spoolFolder, "bob"), "nor waits any to be text").toEqual([]);
  expect(wordsLeft(stores.spoolFolder, "cid")).toEqual(["cidzqwaiting"]);
  close();
});

/** Speech that waits on the disk for an engine. */
function spool(folder: string, name: Name, turn: number): void {
  const [meeting = meetingId("")] = MEETINGS;
  const piece = {
    meeting,
    turn,
    speaker: id(name),
    piece: 1,
    startedAt: turn,
    endedAt: turn + 1,
    language: "en",
    vocabulary: [],
  };
  const key = formatSoundKey({ meeting, turn, startedAt: turn });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, soundFile(key, "json")), JSON.stringify(piece));
  writeFileSync(join(folder, soundFile(key, "flac")), `${name}zqwaiting`);
}
