import { circleKey, type PostKey } from "./post-key.ts";
import { ofMeeting } from "./scope.ts";
import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { Outbox } from "./outbox.ts";
import { eventId, meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { unitOf } from "../store/unit-of-work.ts";

const post = (body: string) => ({
  scope: ofMeeting(meetingId("m1")),
  key: circleKey(0),
  room: roomId("!room"),
  thread: null,
  type: "m.room.message" as const,
  content: { body },
});
const sent = (outbox: Outbox, id: string) => {
  const next = outbox.next(roomId("!room"))!;
  outbox.sent(next, eventId(id), 1);
  return next;
};

test("a message that was taken away is not edited any more: what is to stand there is sent anew, under a number of its own", () => {
  const outbox = new Outbox(openDatabase(":memory:"));
  outbox.want([post("begun")]);
  const first = sent(outbox, "$first");
  outbox.lost(eventId("$first"));
  expect(outbox.next(roomId("!room"))).toBeNull();
  outbox.want([post("summed up")]);
  const again = sent(outbox, "$second");
  expect(again.eventId).toBeNull();
  expect(again.transactionId).not.toBe(first.transactionId);
  outbox.want([post("corrected")]);
  expect(outbox.next(roomId("!room"))).toMatchObject({ eventId: "$second" });
});

test("an edit that was under way when its message was taken away is nothing to edit", () => {
  const outbox = new Outbox(openDatabase(":memory:"));
  outbox.want([post("begun")]);
  sent(outbox, "$first");
  outbox.want([post("going on")]);
  const edit = outbox.next(roomId("!room"))!;
  outbox.lost(eventId("$first"));
  outbox.sent(edit, eventId("$edit"), 2);
  outbox.want([post("summed up")]);
  expect(outbox.next(roomId("!room"))).toMatchObject({ eventId: null });
});

test("what was wanted in a transaction that failed is wanted again", () => {
  const db = openDatabase(":memory:");
  const outbox = new Outbox(db);
  outbox.want([post("begun")]);
  outbox.want([post("begun")]);
  sent(outbox, "$first");
  const fails = () => {
    outbox.want([post("going on")]);
    outbox.want([post("going on")]);
    throw new Error("the disk is full");
  };
  expect(() => unitOf(db).run(fails)).toThrow("full");
  expect(outbox.want([post("going on")])).toEqual(["!room"]);
  expect(outbox.want([post("begun")])).toEqual(["!room"]);
});

test("what was wanted lately is known without a look at the database: a long meeting wants the same with each change", () => {
  const db = openDatabase(":memory:");
  const outbox = new Outbox(db);
  expect(outbox.want([post("hello")])).toHaveLength(1);
  db.close();
  expect(outbox.want([post("hello")])).toEqual([]);
});

test("a message may be forgotten while it is under way, and its arrival is no harm then", () => {
  const db = openDatabase(":memory:");
  const outbox = new Outbox(db);
  outbox.want([post("hello")]);
  const next = outbox.next(roomId("!room"))!;
  db.exec("DELETE FROM outbox");
  outbox.sent(next, eventId("$1"), 1);
  expect([outbox.waiting(), outbox.next(roomId("!room")), outbox.postOf(eventId("$1"))]).toEqual([0, null, null]);
});

test("what comes after an answer that stands alone goes behind the next answer", () => {
  const outbox = new Outbox(openDatabase(":memory:"));
  const said = (key: PostKey, body: string) => ({ ...post(body), key });
  outbox.want([said({ kind: "answer", event: eventId("$one") }, "first")]);
  expect(sent(outbox, "$sent1").content["body"]).toBe("first");
  outbox.want([said(circleKey(1), "circle")]);
  outbox.want([said({ kind: "answer", event: eventId("$two") }, "second")]);
  expect(["$sent2", "$sent3"].map((id) => sent(outbox, id).content["body"])).toEqual(["second", "circle"]);
});

test("answers go before all else that waits, in the order in which people asked", () => {
  const outbox = new Outbox(openDatabase(":memory:"));
  const said = (key: PostKey, body: string) => ({ ...post(body), key });
  outbox.want([1, 2, 3].map((circle) => said(circleKey(circle), `circle ${circle}`)));
  outbox.want([said({ kind: "answer", event: eventId("$one") }, "yes"), said(circleKey(4), "circle 4")]);
  outbox.want([said({ kind: "refused", event: eventId("$two") }, "no")]);
  const went = [1, 2, 3, 4, 5, 6].map((n) => sent(outbox, `$sent${n}`).content["body"]);
  expect(went).toEqual(["yes", "no", "circle 1", "circle 2", "circle 3", "circle 4"]);
  expect(outbox.next(roomId("!room"))).toBeNull();
});
