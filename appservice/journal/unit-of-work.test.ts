import { turnOf } from "../circle/meeting.ts";
import type Database from "better-sqlite3";
import { beforeEach, describe, expect, test } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { eventId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { openDatabase } from "../store/database.ts";
import { Inbox } from "./inbox.ts";
import { Journal } from "./journal.ts";
import { KnownRooms } from "../store/known-rooms.ts";
import { Meetings } from "./meetings.ts";
import { Outbox } from "./outbox.ts";
import { Reactions } from "../store/reactions.ts";
import { ofRoom } from "./scope.ts";
import { unitOf } from "../store/unit-of-work.ts";

const ROOM = roomId("!r:hs");
const OTHER = roomId("!other");
const ANN = personId("@ann:hs");
const ANSWER = {
  scope: ofRoom(ROOM),
  key: { kind: "answer", event: eventId("$pass") },
  room: ROOM,
  thread: null,
  type: "m.room.message",
  content: { body: "done" },
} as const;

let db: Database.Database;
let meetings: Meetings;
let inbox: Inbox;
let outbox: Outbox;
let rooms: KnownRooms;
let at: number;
let told: string[][];

const by = (who: string) =>
  ({ actor: madeActor(personId(`@${who}:hs`), { door: "chat" }), at, expectedVersion: null }) as const;
const pass = (who: string) => meetings.send(ROOM, { type: "pass", ...by(who) });
const meeting = () => meetings.of(ROOM)!.meeting;
const record = () => meetings.of(ROOM)!.record;

function open(): Meetings {
  const onUnreadable = (_: string, error: Error) => {
    throw error;
  };
  return new Meetings({ journal: new Journal(db), now: () => at, languageOf: () => "en", onUnreadable });
}

/** Meeting as the journal has it, for a service that begins anew. */
function afterRestart(): unknown {
  const again = open();
  const live = again.of(ROOM)!;
  again.stop();
  return live.meeting;
}

beforeEach(() => {
  db = openDatabase(":memory:");
  at = 1_000_000;
  told = [];
  meetings = open();
  [inbox, outbox, rooms] = [new Inbox(db), new Outbox(db), new KnownRooms(db)];
  for (const name of ["ann", "bob", "eve"]) meetings.send(ROOM, { type: "join", name, ...by(name) });
  meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...by("ann") });
  meetings.listen((_, happened) => void told.push(happened.map(({ event }) => event.type)));
  inbox.receive([{ event_id: eventId("$pass"), type: "m.room.message", room_id: ROOM }], at);
  at += 5_000;
});

describe("what an event brings about", () => {
  const comment = (id: string) => ({ id, circle: 0, turn: 1, who: ANN, name: "Ann", at, text: "words" });
  const STEPS: readonly (readonly [what: string, step: () => void])[] = [
    ["the word is passed", () => void pass("ann")],
    ["a comment is noted", () => meetings.note(meeting().id, { type: "comment-made", comment: comment("$c") })],
    ["words are taken back", () => meetings.note(meeting().id, { type: "comment-removed", id: "$c" })],
    ["the room chooses a language", () => rooms.chooseLanguage(ROOM, "ru")],
    [
      "a reaction is kept",
      () => new Reactions(db).keep(eventId("$pass"), { room: ROOM, sender: ANN, control: "x" }, at),
    ],
    ["a message is wanted", () => void outbox.want([ANSWER])],
    ["another meeting begins", () => void meetings.send(OTHER, { type: "join", name: "Ann", ...by("ann") })],
  ];

  test.each(STEPS.map(([what], index) => [what, index] as const))(
    "is undone wholly where something throws after this: %s",
    (_, index) => {
      const before = { ...meetings.of(ROOM)! };
      const [wasMeeting, wasVersion] = [before.meeting, before.record.version];
      const rows = () => db.prepare("SELECT seq, body FROM events ORDER BY meeting, seq").all();
      const wasRows = rows();
      const stumbles = () => {
        for (const [, step] of STEPS.slice(0, index + 1)) step();
        throw new TypeError("a message builder stumbles");
      };
      expect(() => inbox.handling(eventId("$pass"), stumbles)).toThrow("stumbles");

      expect(meeting()).toEqual(wasMeeting);
      expect(record().version).toBe(wasVersion);
      expect(record().comments.length).toBe(0);
      expect(meetings.of(OTHER)).toBeNull();
      expect(rows()).toEqual(wasRows);
      expect(rooms.choicesOf(ROOM).language).toBeNull();
      expect(outbox.waiting()).toBe(0);
      expect(inbox.waiting().map(({ event_id }) => event_id)).toEqual(["$pass"]);
      expect(told).toEqual([]);

      // And all goes on from there.
      inbox.handling(eventId("$pass"), () => {
        for (const [, step] of STEPS) step();
      });
      expect(turnOf(meeting())?.speaker).toBe("@bob:hs");
      expect(outbox.waiting()).toBe(1);
      expect(inbox.waiting()).toEqual([]);
      expect(pass("bob").accepted).toBe(true);
      expect(afterRestart()).toEqual(meeting());
    },
  );

  test("is told of when all of it is written, once for each meeting", () => {
    const open: boolean[] = [];
    meetings.listen(() => void open.push(db.inTransaction, inbox.waiting().length > 0));
    inbox.handling(eventId("$pass"), () => {
      pass("ann");
      expect(turnOf(meeting())?.speaker, "what follows in it sees what was before").toBe("@bob:hs");
      pass("bob");
      expect(told).toEqual([]);
    });
    expect(open).toEqual([false, false]);
    const turns = ["turn-ended", "word-offered", "turn-started"];
    expect(told).toEqual([[...turns, ...turns]]);
  });

  test("is nothing where it could not be written to its end, though somebody caught that", () => {
    const wasMeeting = meeting();
    const full = () =>
      inbox.handling(eventId("$pass"), () => {
        pass("ann");
        try {
          unitOf(db).run(() => {
            throw Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
          });
        } catch {
          // As if it were seen to.
        }
        outbox.want([ANSWER]);
      });
    expect(full).toThrow("full");
    expect(meeting()).toEqual(wasMeeting);
    expect(outbox.waiting()).toBe(0);
    expect(pass("ann").accepted).toBe(true);
  });

  test("stays but for a part of it that failed and was caught", () => {
    inbox.handling(eventId("$pass"), () => {
      pass("ann");
      expect(() =>
        unitOf(db).run(() => {
          pass("bob");
          throw new Error("a part stumbles");
        }),
      ).toThrow("a part");
      expect(turnOf(meeting())?.speaker).toBe("@bob:hs");
    });
    expect(told).toEqual([["turn-ended", "word-offered", "turn-started"]]);
    expect(afterRestart()).toEqual(meeting());
  });
});

describe("whoever is told", () => {
  test.each([0, 1, 2])(
    "and throws, as number %i does, keeps no other from hearing of it, nor the command from its outcome",
    (which) => {
      const failures: unknown[] = [];
      unitOf(db).onTellFailed((error) => void failures.push(error));
      const heard: number[] = [];
      for (const n of [0, 1, 2])
        meetings.listen(() => {
          if (n === which) throw new Error(`listener ${n} stumbles`);
          heard.push(n);
        });
      inbox.handling(eventId("$pass"), () => void pass("ann"));
      expect(heard).toEqual([0, 1, 2].filter((n) => n !== which));
      expect(failures.map(String)).toEqual([`Error: listener ${which} stumbles`]);
      expect(inbox.waiting()).toEqual([]);
      expect(afterRestart()).toEqual(meeting());
      expect(pass("bob").accepted).toBe(true);
    },
  );

  test("may bring about more, which all hear of after it", () => {
    const heard: string[] = [];
    let asked = false;
    meetings.listen(() => {
      if (asked) return;
      asked = true;
      pass("bob");
    });
    meetings.listen(({ meeting }, happened) => void heard.push(`${happened.length} ${turnOf(meeting)?.speaker}`));
    pass("ann");
    expect(heard).toEqual(["3 @bob:hs", "3 @eve:hs"]);
  });
});

test("nobody is told of a meeting that its room took along to another service within the same unit", () => {
  const failed: unknown[] = [];
  unitOf(db).onTellFailed((error) => failed.push(error));
  unitOf(db).run(() => {
    pass("ann");
    meetings.letGo(ROOM);
  });
  expect([told, failed]).toEqual([[], []]);
});

describe("a journal", () => {
  test("takes no entry but at its end", () => {
    const journal = new Journal(db);
    const { id } = meeting();
    const entry = { kind: "circle", event: { type: "texts-shown", at } } as const;
    const length = journal.lengthOf(id);
    for (const seq of [length - 1, length + 1])
      expect(() => journal.append(id, ROOM, seq, [entry], at)).toThrow(
        expect.objectContaining({
          code: "JOURNAL_OUT_OF_STEP",
          remedy: expect.stringContaining("Restart the service"),
        }),
      );
    expect(journal.lengthOf(id)).toBe(length);
  });

  test("of which the first entry is missing is not taken for whole either", () => {
    const { id } = meeting();
    db.prepare("DELETE FROM events WHERE meeting = ? AND seq = 0").run(id);
    expect(() => new Journal(db).read(id)).toThrow(/entry 0 is missing/);
  });

  test("with a hole in it is not taken for whole: the meeting is set aside, with a remedy, and another can begin", async () => {
    const { id } = meeting();
    db.prepare("DELETE FROM events WHERE meeting = ? AND seq = 3").run(id);
    const journal = new Journal(db);
    expect(() => journal.read(id)).toThrow(/entry 3 is missing.*mindminder restore/);
    await expect(journal.readByAndBy(id)).rejects.toThrow(/entry 3 is missing/);
    const unreadable: string[] = [];
    const again = new Meetings({
      journal,
      now: () => at,
      languageOf: () => "en",
      onUnreadable: (which) => void unreadable.push(which),
    });
    expect(unreadable).toEqual([id]);
    expect(again.send(ROOM, { type: "join", name: "Ann", ...by("ann") }).accepted).toBe(true);
    again.stop();
  });
});
