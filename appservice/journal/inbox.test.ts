import { expect, test } from "vitest";
import { eventId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { Inbox } from "./inbox.ts";

const raw = (id: string, body = "hello") => ({ event_id: eventId(id), type: "m.room.message", room_id: "!r", body });

test("events wait in the order in which they came, with all that they hold, until they are handled", () => {
  const inbox = new Inbox(openDatabase(":memory:"));
  expect(inbox.lastAt()).toBeNull();
  expect(inbox.receive([raw("$b"), raw("$a")], 5)).toHaveLength(2);
  inbox.receive([raw("$early")], 4);
  expect(inbox.lastAt()).toBe(5);
  expect(inbox.waiting()).toEqual([raw("$early"), raw("$b"), raw("$a")]);
  inbox.handled(eventId("$b"));
  expect(inbox.waiting().map(({ event_id }) => event_id)).toEqual(["$early", "$a"]);
  expect(inbox.receive([raw("$b"), raw("$c")], 6).map(({ event_id }) => event_id)).toEqual(["$c"]);
});

test("an event that was handled and is taken up again does nothing a second time", () => {
  const inbox = new Inbox(openDatabase(":memory:"));
  inbox.receive([raw("$a"), raw("$b")], 1);
  let done = 0;
  inbox.takeUp(eventId("$a"));
  inbox.handling(eventId("$a"), () => done++);
  expect([done, inbox.waiting().length]).toEqual([1, 1]);
  inbox.takeUp(eventId("$a"));
  inbox.handling(eventId("$a"), () => done++);
  expect(done).toBe(1);
  inbox.takeUp(eventId("$unknown"));
  inbox.handling(eventId("$b"), () => done++);
  expect(done).toBe(2);
});

test("work that fails leaves its event to be handled", () => {
  const inbox = new Inbox(openDatabase(":memory:"));
  inbox.receive([raw("$a")], 1);
  const fails = () => {
    throw new Error("no");
  };
  expect(() => inbox.handling(eventId("$a"), fails)).toThrow("no");
  expect(inbox.waiting()).toHaveLength(1);
});

test("what cannot be an event any more is passed over, and the others are not", () => {
  const db = openDatabase(":memory:");
  const inbox = new Inbox(db);
  inbox.receive([raw("$a"), raw("$b")], 1);
  db.prepare("UPDATE inbox SET body = '{}' WHERE event_id = '$a'").run();
  expect(inbox.waiting().map(({ event_id }) => event_id)).toEqual(["$b"]);
});
