import { describe, expect, test } from "vitest";
import { eventId, meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { Outbox } from "./outbox.ts";
import type { Post } from "./post.ts";
import { circleKey } from "./post-key.ts";
import { ofMeeting, ofRoom } from "./scope.ts";

const [ROOM, OTHER] = [roomId("!room:hs"), roomId("!other:hs")];
const MEETING = ofMeeting(meetingId("mtest00001"));

const post = (body: string, more: Partial<Post> = {}): Post => ({
  scope: MEETING,
  key: circleKey(0),
  room: ROOM,
  thread: null,
  type: "m.room.message",
  content: { body },
  ...more,
});
const outbox = () => new Outbox(openDatabase(":memory:"));
const body = (box: Outbox, room = ROOM) => box.next(room)?.content.body ?? null;

describe("a room that is closed to the bot", () => {
  test("keeps what waits for it, and others get theirs", () => {
    const box = outbox();
    box.want([post("one"), post("two", { key: circleKey(1) }), post("there", { room: OTHER, key: circleKey(2) })]);
    expect([box.waiting(), box.waitingRooms().sort()]).toEqual([3, [OTHER, ROOM].sort()]);
    expect(box.hold(ROOM)).toBe(2);
    expect([box.waiting(), box.waitingRooms(), body(box), body(box, OTHER)]).toEqual([1, [OTHER], null, "there"]);
    expect(box.hold(ROOM)).toBe(0);
    expect(box.release(OTHER)).toBe(0);
    expect(box.release(ROOM)).toBe(2);
    expect([box.waiting(), body(box)]).toEqual([3, "one"]);
    box.hold(ROOM);
    expect(box.release(null)).toBe(2);
  });

  test("to meetings alone is told what the bot says to the room itself", () => {
    const box = outbox();
    box.want([post("of the meeting"), post("to the room", { scope: ofRoom(ROOM), key: circleKey(1) })]);
    expect(box.holdMeetings(ROOM)).toBe(1);
    expect(body(box)).toBe("to the room");
  });
});

describe("a message", () => {
  test("that is given up is not tried again as it is, but as it is wanted later", () => {
    const box = outbox();
    box.want([post("too long"), post("behind it", { key: circleKey(1) })]);
    const given = box.next(ROOM)!;
    box.skip(given);
    expect(body(box)).toBe("behind it");
    box.sent(box.next(ROOM)!, eventId("$behind"), 1);
    expect(box.next(ROOM)).toBeNull();
    box.want([post("shorter")]);
    expect(box.next(ROOM)).toMatchObject({ content: { body: "shorter" }, eventId: null });
  });

  test("is known by its event, and by its name once it was wanted", () => {
    const box = outbox();
    expect([box.isKnown(MEETING, circleKey(0)), box.eventOf(MEETING, circleKey(0))]).toEqual([false, null]);
    box.want([post("one")]);
    expect([box.isKnown(MEETING, circleKey(0)), box.eventOf(MEETING, circleKey(0))]).toEqual([true, null]);
    box.sent(box.next(ROOM)!, eventId("$one"), 1);
    expect(box.eventOf(MEETING, circleKey(0))).toBe("$one");
    expect(box.postOf(eventId("$one"))).toEqual({ scope: MEETING, key: circleKey(0) });
    expect(box.postOf(eventId("$nobody"))).toBeNull();
  });

  test("that stands without our having sent it is edited, and not sent again", () => {
    const box = outbox();
    box.stands(
      [
        { post: post("recovered"), eventId: eventId("$there") },
        { post: post("in the thread", { key: circleKey(1), thread: circleKey(0) }), eventId: eventId("$inside") },
      ],
      5,
    );
    expect(box.waiting()).toBe(0);
    expect(box.want([post("recovered")])).toEqual([]);
    box.stands([{ post: post("another"), eventId: eventId("$other") }], 6);
    expect(box.eventOf(MEETING, circleKey(0))).toBe("$there");
    expect(box.want([post("changed")])).toEqual([ROOM]);
    expect(box.next(ROOM)).toMatchObject({ eventId: "$there", content: { body: "changed" } });
    box.want([post("more in it", { key: circleKey(2), thread: circleKey(0) })]);
    box.sent(box.next(ROOM)!, eventId("$edit"), 7);
    expect(box.next(ROOM)).toMatchObject({ threadRoot: "$there", threadLatest: "$inside" });
  });

  test("mentions people as it stands", () => {
    const box = outbox();
    const content = (...ids: string[]) => ({ body: "hello", "m.mentions": { user_ids: ids } });
    box.want([post("", { content: content("@ann:hs") })]);
    box.sent(box.next(ROOM)!, eventId("$one"), 1);
    box.want([post("", { content: content("@bob:hs") })]);
    expect(box.next(ROOM)).toMatchObject({ mentioned: ["@ann:hs"] });
  });

  test("tells the rooms in which something waits because of it, each once", () => {
    const box = outbox();
    const two = [post("one"), post("two", { key: circleKey(1) }), post("there", { room: OTHER, key: circleKey(2) })];
    expect(box.want(two)).toEqual([ROOM, OTHER]);
    expect(box.want(two)).toEqual([]);
    expect(box.want([])).toEqual([]);
    expect(new Outbox(openDatabase(":memory:")).waitingRooms()).toEqual([]);
  });
});

test("something is done once what is wanted now is written, at once where all is", () => {
  const box = outbox();
  let done = 0;
  box.afterCommit(() => done++);
  expect(done).toBe(1);
});

describe("the number of a message, by which a homeserver knows that it has it,", () => {
  // As versions that are in use have it: by another number a message that is under way would stand twice.
  const NUMBER = "mm-DuPEpWSNMBephA00w6OUsR_1zW8nEG7P";
  const numberOf = (box: Outbox) => box.next(ROOM)?.transactionId ?? "";

  test("is the same whatever it says until it stands, also in another database and after an upgrade", () => {
    const numbers = ["one", "two"].map((text) => {
      const box = outbox();
      box.want([post("before")]);
      box.want([post(text)]);
      expect(box.next(ROOM)).toMatchObject({ again: false, mentioned: null, threadRoot: null, threadLatest: null });
      return numberOf(box);
    });

    expect(numbers).toEqual([NUMBER, NUMBER]);
  });

  test("is another for each edit, also where a service that lost its database counts anew", () => {
    const edited = (text: string) => {
      const box = outbox();
      box.want([post("one")]);
      box.sent(box.next(ROOM)!, eventId("$one"), 1);
      box.want([post(text)]);
      return numberOf(box);
    };
    const box = outbox();
    box.want([post("one")]);
    expect(new Set([edited("two"), edited("three"), edited("two"), numberOf(box)]).size).toBe(3);
  });
});
