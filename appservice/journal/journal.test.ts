import { startOf, spanOf } from "../circle/meeting.ts";
import { parsePostKey } from "./parse-post-key.ts";
import { formatPostKey } from "./post-key.ts";
import { ofMeeting } from "./scope.ts";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { courseOf } from "../circle/course.ts";
import { council } from "../../tests/support/circle/play.ts";
import { slim } from "../circle/slim.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { DatabaseUnusable, openDatabase } from "../store/database.ts";
import { Inbox } from "./inbox.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import type { Post } from "./post.ts";
import { Outbox } from "./outbox.ts";
import type { RecordEvent } from "../record/event.ts";
import { Sessions } from "../store/sessions.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { eventId, meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";

const file = () => join(mkdtempSync(join(tmpdir(), "mindminder-")), "mindminder.db");
const ROOM = roomId("!room");
const by = (name: string) => ({
  actor: madeActor(personId(`@${name}:hs`)),
  at: Date.now(),
  expectedVersion: null,
});

function meetingsOn(db: Database.Database): Meetings {
  const onUnreadable = (_: string, error: Error) => {
    throw error;
  };
  return new Meetings({ journal: new Journal(db), now: Date.now, languageOf: () => "en", onUnreadable });
}

describe("meetings", () => {
  test("go on after a restart as if nothing had been", () => {
    const path = file();
    const first = meetingsOn(openDatabase(path));
    first.send(ROOM, { type: "join", name: "Ann", ...by("ann") });
    first.send(ROOM, { type: "join", name: "Bob", ...by("bob") });
    first.send(ROOM, { type: "start", plan: council(), topic: "tea", seed: 1, ...by("ann") });
    first.send(ROOM, { type: "pass", ...by("ann") });
    first.stop();
    const before = first.of(ROOM)?.meeting;

    const second = meetingsOn(openDatabase(path));
    expect(second.of(ROOM)?.meeting).toEqual(before);
    expect(second.send(ROOM, { type: "pass", ...by("bob") }).accepted).toBe(true);
    second.stop();
  });

  test("the words of a meeting that is over still arrive after the next one has begun", () => {
    const meetings = meetingsOn(openDatabase(":memory:"));
    meetings.send(ROOM, { type: "join", name: "Ann", ...by("ann") });
    meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...by("ann") });
    meetings.send(ROOM, { type: "end", ...by("ann") });
    const over = meetings.of(ROOM);
    meetings.send(ROOM, { type: "join", name: "Ann", ...by("ann") });
    meetings.note(meetingId(over?.meeting.id ?? ""), { type: "turn-heard", turn: 1, complete: true });
    expect(meetings.readNow(ROOM, meetingId(over?.meeting.id ?? ""))?.record.heard.has(1)).toBe(true);
    expect(meetings.of(ROOM)?.meeting.id).not.toBe(over?.meeting.id);
    meetings.stop();
  });

  test("a word that was waiting for its text for days is in the record, whatever the room has done since", () => {
    let now = 1_000_000;
    const db = openDatabase(":memory:");
    const open = () =>
      new Meetings({
        journal: new Journal(db),
        now: () => now,
        languageOf: () => "en",
        onUnreadable: (_, error) => {
          throw error;
        },
      });
    const meetings = open();
    const hold = () => {
      meetings.send(ROOM, { type: "join", name: "Ann", ...by("ann"), at: now });
      meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...by("ann"), at: now });
      meetings.send(ROOM, { type: "end", ...by("ann"), at: now });
      return meetings.of(ROOM)!.meeting.id;
    };
    const first = hold();
    for (const day of [1, 2, 3]) {
      now = 1_000_000 + day * 25 * 3600_000;
      hold();
    }
    const engine = { id: "sherpa", model: "base" };
    const heard = (id: string): RecordEvent => ({
      type: "utterance-heard",
      utterance: {
        id,
        turn: 1,
        circle: 0,
        speaker: personId("@ann:hs"),
        startedAt: 1,
        endedAt: 2,
        language: "en",
        engine,
        segments: [],
        text: id,
      },
    });
    expect(meetings.all().map(({ meeting }) => meeting.id)).not.toContain(first);
    meetings.note(first, heard("1.1"));
    meetings.stop();
    const again = open();
    again.note(first, heard("1.2"));
    again.note(meetingId("mnobodyknows00"), heard("1.1"));
    expect(again.readNow(ROOM, first)?.record.utterances.map(({ text }) => text)).toEqual(["1.1", "1.2"]);
    expect(again.isNewest(again.of(ROOM)!)).toBe(true);
    expect(again.of(ROOM)?.meeting.id).not.toBe(first);
    again.stop();
  });

  test("one that was taken up from the room is listed among the past ones, with the names that people had last", async () => {
    const lost = meetingsOn(openDatabase(":memory:"));
    lost.send(ROOM, { type: "join", name: "Ann", ...by("ann") });
    lost.send(ROOM, { type: "start", plan: council(), topic: "tea", seed: 1, ...by("ann") });
    const { meeting } = lost.of(ROOM)!;
    lost.stop();

    const meetings = meetingsOn(openDatabase(":memory:"));
    meetings.takeUp({
      type: "meeting-taken-up",
      at: Date.now(),
      snapshot: slim(snapshotOf(meeting, Date.now())),
      course: courseOf(meeting),
    });
    meetings.send(ROOM, { type: "renamed", who: personId("@ann:hs"), name: "Anna", at: Date.now() });
    meetings.send(ROOM, { type: "join", name: "Bob", ...by("bob") });
    meetings.send(ROOM, { type: "end", ...by("ann") });
    const { meeting: again } = meetings.of(ROOM)!;
    const { startedAt, endedAt } = spanOf(again);
    expect(await meetings.past(ROOM)).toEqual([
      {
        id: meeting.id,
        title: startOf(again)?.plan.title,
        topic: "tea",
        startedAt: startOf(meeting)?.startedAt,
        endedAt,
        people: ["Anna", "Bob"],
      },
    ]);
    expect({ id: again.id, startedAt }).toEqual({ id: meeting.id, startedAt: startOf(meeting)?.startedAt });
    expect(endedAt).not.toBeNull();
    meetings.stop();
  });
});

describe("the database", () => {
  test("one from a newer version is refused with the remedy, and left as it is", () => {
    const path = file();
    const newer = openDatabase(path);
    newer.pragma("user_version = 999");
    newer.close();
    expect(() => openDatabase(path)).toThrow(DatabaseUnusable);
    expect(() => openDatabase(path)).toThrow(/newer Mindminder/);
  });

  test("a file that is no database is named", () => {
    expect(() => openDatabase("/dev/null/mindminder.db")).toThrow(/\/dev\/null\/mindminder\.db/);
  });
});

const post = (key: string, body: string, thread: string | null = null): Post => ({
  scope: ofMeeting(meetingId("m1")),
  key: parsePostKey(key),
  room: ROOM,
  thread: thread === null ? null : parsePostKey(thread),
  type: "m.room.message",
  content: { body },
});

describe("the outbox", () => {
  const sendAll = (outbox: Outbox, send: (id: string) => string = (id) => `$${id}`) => {
    for (let next = outbox.next(ROOM), times = 0; next; next = outbox.next(ROOM), times++) {
      if (times > 100) throw new Error("it sends on and on");
      outbox.sent(next, eventId(send(formatPostKey(next.key))), Date.now());
    }
  };

  test("wanting the same twice sends once; wanting another content edits what stands", () => {
    const outbox = new Outbox(openDatabase(":memory:"));
    expect(outbox.want([post("root", "a")])).toEqual([ROOM]);
    sendAll(outbox);
    expect(outbox.want([post("root", "a")])).toEqual([]);
    expect(outbox.want([post("root", "b")])).toEqual([ROOM]);
    expect(outbox.next(ROOM)).toMatchObject({ eventId: "$root", content: { body: "b" }, revision: 2 });
  });

  test("a root that changes before it is sent is sent before its thread all the same", () => {
    const outbox = new Outbox(openDatabase(":memory:"));
    outbox.want([post("root", "r"), post("one", "1", "root")]);
    outbox.want([post("root", "with a picture")]);
    expect(outbox.next(ROOM)).toMatchObject({ key: parsePostKey("root"), content: { body: "with a picture" } });
    sendAll(outbox);
    expect(outbox.eventOf(ofMeeting(meetingId("m1")), parsePostKey("root"))).toBe("$root");
    outbox.want([post("two", "2", "root")]);
    expect(outbox.next(ROOM)).toMatchObject({ key: parsePostKey("two"), threadRoot: "$root", threadLatest: "$one" });
  });

  test("it is known whom a message mentions as it stands, and not of one that an earlier version sent", () => {
    const db = openDatabase(":memory:");
    const outbox = new Outbox(db);
    const mentioning = (...who: string[]): Post => ({
      ...post("root", who.join(" ")),
      content: { body: who.join(" "), "m.mentions": { user_ids: who } },
    });
    outbox.want([mentioning("@ann:hs")]);
    sendAll(outbox);
    outbox.want([mentioning("@bob:hs")]);
    outbox.want([mentioning("@bob:hs", "@eve:hs")]);
    expect(outbox.next(ROOM)).toMatchObject({ mentioned: ["@ann:hs"] });
    sendAll(outbox);
    outbox.want([post("root", "nobody")]);
    expect(outbox.next(ROOM)).toMatchObject({ mentioned: ["@bob:hs", "@eve:hs"] });
    db.exec("UPDATE outbox SET mentioned = NULL");
    expect(outbox.next(ROOM)).toMatchObject({ mentioned: null });
  });

  test("threads know their root and their latest message", () => {
    const outbox = new Outbox(openDatabase(":memory:"));
    outbox.want([post("root", "r"), post("one", "1", "root"), post("two", "2", "root")]);
    for (const expected of [null, "$root", "$one"]) {
      const next = outbox.next(ROOM);
      expect(next?.threadLatest).toBe(expected);
      if (next) outbox.sent(next, eventId(`$${formatPostKey(next.key)}`), Date.now());
    }
  });

  test("what was under way in a crash is sent again as it was, and a change made meanwhile becomes an edit of it", () => {
    const path = file();
    const before = new Outbox(openDatabase(path));
    before.want([post("root", "a")]);
    const flying = before.next(ROOM);

    const after = new Outbox(openDatabase(path));
    after.want([post("root", "b")]);
    const again = after.next(ROOM);
    expect(again).toEqual(flying);
    if (again) after.sent(again, eventId("$root"), Date.now());
    expect(after.next(ROOM)).toMatchObject({ eventId: "$root", content: { body: "b" } });
  });

  test("going back to an earlier content is an edit of its own, with a transaction id of its own", () => {
    const outbox = new Outbox(openDatabase(":memory:"));
    const ids: string[] = [];
    for (const body of ["a", "b", "a"]) {
      outbox.want([post("root", body)]);
      const next = outbox.next(ROOM);
      ids.push(next?.transactionId ?? "");
      if (next) outbox.sent(next, eventId("$root"), Date.now());
    }
    expect(new Set(ids).size).toBe(3);
  });
});

test("the inbox gives an event once, however often it is sent", () => {
  const inbox = new Inbox(openDatabase(":memory:"));
  const events = ["$1", "$2"].map((id) => ({ event_id: eventId(id), type: "m.room.message", room_id: ROOM }));
  inbox.receive(events, 1);
  inbox.handled(eventId("$1"));
  inbox.receive(events, 2);
  expect(inbox.waiting().map((event) => event.event_id)).toEqual(["$2"]);
});

test("a session ends by time, and when the person is put out of the room, and serves no other device", () => {
  const sessions = new Sessions(openDatabase(":memory:"));
  const token = sessions.open({
    participant: personId("@ann:hs"),
    room: ROOM,
    device: "annas-tab-0000001",
    expiresAt: 100,
  });
  expect(sessions.find(token, "annas-tab-0000001", 99)).toMatchObject({ participant: "@ann:hs" });
  expect(sessions.find(token, "annas-tab-0000001", 100)).toBeNull();
  expect(sessions.find(token, "another-tab-00001", 99)).toBeNull();
  sessions.close(personId("@ann:hs"), ROOM);
  expect(sessions.find(token, "annas-tab-0000001", 99)).toBeNull();
});
