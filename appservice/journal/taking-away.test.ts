import { describe, expect, test } from "vitest";
import { FIRST, KEY, LATER, OTHER, outboxHouse, post, ROOM } from "../../tests/support/journal/outbox-house.ts";
import { eventId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { Outbox } from "./outbox.ts";
import { circleKey } from "./post-key.ts";
import { ofMeeting } from "./scope.ts";
import { EVERYTHING } from "./standing-versions.ts";

describe("a message that holds words which were taken back", () => {
  test("stays until it is wanted in other words; then the version with them is taken away", () => {
    const { want, goes, takeBack, review } = outboxHouse();
    want(post("a walrus", { ids: ["1.1"] }));
    takeBack("1.1");
    expect(review()).toBe(false);
    expect(goes()).toEqual([]);
    // With the message itself goes all of it, so it stands anew.
    expect(want(post("—", { ids: [] }))).toEqual(["new — as $2"]);
    expect(goes()).toEqual(["$1"]);
    expect(review()).toBe(true);
    expect(goes()).toEqual([]);
  });

  test("holds none of them where it stands as before when all is made anew, until others are taken back", () => {
    const { want, send, goes, takeBack, review, madeAnew } = outboxHouse();
    want(post("a heron", { ids: ["1.1", "1.2"] }));
    takeBack("1.1");
    expect([review(), madeAnew(), review()]).toEqual([false, true, true]);
    takeBack("1.1", "1.2");
    expect(review()).toBe(false);
    expect(review([])).toBe(true);
    expect([goes(), send()]).toEqual([["$1"], ["new gone as $2"]]);
  });

  test("is not sent, or not again, where it waits to be when nobody wants it any more", () => {
    const { outbox, want, send, goes, takeBack, review } = outboxHouse();
    want(post("a walrus", { ids: ["1.1"] }), post("a heron", { ids: ["1.2"] }, { key: OTHER, thread: KEY }));
    takeBack("1.1");
    // With the root goes all in its thread, to stand anew.
    outbox.want([post("—", { ids: [] })]);
    outbox.want([post("a third walrus", { ids: ["1.3"] }, { key: circleKey(2) })]);
    takeBack("1.1", "1.2", "1.3");
    expect(review([KEY])).toBe(true);
    expect(send().filter((line) => /heron|walrus/.test(line))).toEqual([]);
    expect(goes()).toEqual(["$1", "$2"]);
  });

  test("goes where nobody wants it any more, and nothing stands in its place", () => {
    const { outbox, want, send, goes, takeBack, review } = outboxHouse();
    want(post("a walrus", { ids: ["1.1"] }), post("a heron", { ids: ["1.2"] }, { key: OTHER }));
    takeBack("1.1");
    expect(review([OTHER])).toBe(true);
    expect(goes()).toEqual(["$1"]);
    expect(send()).toEqual(["new gone as $3"]);
    expect(outbox.waiting()).toBe(0);
    // It is wanted again once more is to be said there.
    expect(want(post("a walrus", null))).toEqual(["$3 a walrus as $4"]);
  });

  test("is of no matter where its words stay", () => {
    const { want, goes, takeBack, review } = outboxHouse();
    want(post("a heron", { ids: ["1.2", "1.3"] }), post("nobody's", null, { key: OTHER }));
    takeBack("1.1");
    expect(review([])).toBe(true);
    expect(goes()).toEqual([]);
  });

  test("is found by any of its words, and where it may be anybody's by all", () => {
    for (const ids of [["1.2", "1.1"], [EVERYTHING]]) {
      const { want, goes, takeBack, review } = outboxHouse();
      want(post("a walrus", { ids }));
      takeBack("1.1");
      expect(review([])).toBe(true);
      expect(goes()).toEqual(["$1"]);
    }
  });

  test("that was made after they were taken back takes account of that", () => {
    const { want, goes, takeBack, review } = outboxHouse();
    takeBack("1.1");
    want(post("without it", { ids: ["1.1"] }));
    expect(review([])).toBe(true);
    expect(goes()).toEqual([]);
    takeBack("1.1", "1.2");
    expect(review([])).toBe(true);
    expect(goes()).toEqual([]);
  });

  test("that may have been made before that is looked at as such, in its meeting alone", () => {
    const before = outboxHouse();
    before.takeBack("1.1");
    before.outbox.want([post("a walrus", { ids: ["1.1"] })], new Map([[FIRST, 0]]));
    before.send();
    expect(before.review()).toBe(false);
    const elsewhere = outboxHouse();
    elsewhere.takeBack("1.1");
    elsewhere.outbox.want([post("a walrus", { ids: ["1.1"] })], new Map([[LATER, 0]]));
    elsewhere.send();
    expect(elsewhere.review()).toBe(true);
    const carried = outboxHouse();
    carried.takeBack("1.1");
    const name = { scope: ofMeeting(LATER) };
    carried.outbox.want([post("carried: a walrus", { ids: ["1.1"] }, name)], new Map([[FIRST, 0]]));
    carried.send();
    expect(carried.review([KEY], () => false)).toBe(true);
    expect(carried.goes()).toEqual(["$1"]);
    const more = outboxHouse();
    more.takeBack("1.1");
    more.outbox.want([post("a walrus", { ids: ["1.1"] })], new Map([[FIRST, 9]]));
    more.send();
    expect(more.review()).toBe(true);
  });
});

describe("an edit with such words", () => {
  test("goes alone: the message stays, in the words that it has now", () => {
    const { want, goes, takeBack, review } = outboxHouse();
    want(post("begun", { ids: [] }));
    want(post("a walrus", { ids: ["1.1"] }));
    want(post("a heron", { ids: ["1.2"] }));
    takeBack("1.1");
    expect(review()).toBe(true);
    expect(goes()).toEqual(["$2"]);
    expect(want(post("two herons", { ids: ["1.2"] }))).toEqual(["$1 two herons as $4"]);
  });
});

describe("with a message that goes", () => {
  test("goes all that stands in its thread, and stands anew behind it, without ringing again", () => {
    const { outbox, want, goes, takeBack, review } = outboxHouse();
    want(post("a walrus", { ids: ["1.1"] }), post("in its thread", null, { key: OTHER, thread: KEY }));
    want(post("✋", null, { key: circleKey(2), thread: KEY, type: "m.reaction" }));
    takeBack("1.1");
    expect(review()).toBe(false);
    outbox.want([post("—", { ids: [] })]);
    const root = outbox.next(ROOM);
    expect(root).toMatchObject({ eventId: null, again: true, content: { body: "—" } });
    outbox.sent(root!, eventId("$root"), 9);
    const inside = outbox.next(ROOM);
    expect(inside).toMatchObject({
      eventId: null,
      again: true,
      threadRoot: "$root",
      content: { body: "in its thread" },
    });
    outbox.sent(inside!, eventId("$inside"), 10);
    expect(outbox.next(ROOM)).toMatchObject({ type: "m.reaction", eventId: null });
    expect(goes()).toEqual(["$1", "$2"]);
  });
});

describe("a message that people took away", () => {
  const TOOK = eventId("$2");
  /** Two replies in the thread of a message, of which people took the first away. */
  const replies = () => {
    const all = outboxHouse();
    const reply = (body: string, ids: string[]) => post(body, { ids }, { key: OTHER, thread: KEY });
    all.want(post("a walrus", { ids: ["1.1"] }), reply("in its thread", ["1.2"]));
    all.want(post("another", null, { key: circleKey(2), thread: KEY }));
    all.outbox.takenAwayByPeople(TOOK);
    return { ...all, reply };
  };

  test("does not stand anew with the thread in which it stood", () => {
    const { want, goes, takeBack } = replies();
    takeBack("1.1");
    expect(want(post("—", { ids: [] }))).toEqual(["new — as $4", "new another as $5"]);
    expect(goes(), "nor is it taken away once more").toEqual(["$1", "$3"]);
  });

  test("is not said in other words, nor what comes of it when its words are taken back", () => {
    const { outbox, want, reply, send, takeBack, review, goes } = replies();
    expect(want(reply("in other words", ["1.2"]))).toEqual([]);
    expect([outbox.waiting(), outbox.waitingRooms()]).toEqual([0, []]);
    takeBack("1.2");
    expect(review([KEY])).toBe(true);
    expect([send(), goes()]).toEqual([[], []]);
    expect(want(reply("anew", []))).toEqual([]);
    outbox.hold(ROOM);
    outbox.release(null);
    expect(send(), "nor when the room opens to the bot again").toEqual([]);
  });

  test("takes an edit along that is under way", () => {
    const { outbox, reply, goes } = replies();
    const house = outboxHouse();
    house.want(post("a walrus", null), reply("in its thread", []));
    house.outbox.want([reply("in other words", [])]);
    const flying = house.outbox.next(ROOM) ?? expect.unreachable("nothing is under way");
    house.outbox.takenAwayByPeople(TOOK);
    house.outbox.sent(flying, eventId("$edit"), 9);
    expect([house.goes(), house.send()]).toEqual([["$edit"], []]);
    expect([outbox.isInThread(TOOK), outbox.isInThread(eventId("$1"))]).toEqual([true, false]);
    expect(goes()).toEqual([]);
  });
});

describe("another meeting's message that speaks of it", () => {
  const elsewhere = (isAtHand: boolean) => {
    const all = outboxHouse();
    all.want(post("carried: a walrus", { ids: ["1.1"] }, { scope: ofMeeting(LATER) }));
    all.takeBack("1.1");
    return { ...all, clean: all.review([KEY], () => isAtHand) };
  };

  test("is seen to by that meeting, where it is at hand", () => {
    const { clean, goes } = elsewhere(true);
    expect([clean, goes()]).toEqual([true, []]);
  });

  test("goes where it is not", () => {
    const { clean, goes, send } = elsewhere(false);
    expect([clean, goes(), send()]).toEqual([true, ["$1"], ["new gone as $2"]]);
  });
});

describe("a version that goes", () => {
  test("waits where the room is closed to the bot, until it may have opened again", () => {
    const { outbox, want, takeBack, review } = outboxHouse();
    want(post("a walrus", { ids: ["1.1"] }));
    takeBack("1.1");
    review([]);
    expect(outbox.standing.roomsWithGoing()).toEqual([ROOM]);
    expect(outbox.waitingRooms()).toEqual([ROOM]);
    outbox.hold(ROOM);
    expect([outbox.standing.nextToGo(ROOM), outbox.standing.roomsWithGoing()]).toEqual([null, []]);
    outbox.release(roomId("!other:hs"));
    expect(outbox.standing.nextToGo(ROOM)).toBeNull();
    outbox.release(ROOM);
    expect(outbox.standing.nextToGo(ROOM)).toEqual({ eventId: "$1", key: KEY });
    outbox.hold(ROOM);
    outbox.release(null);
    expect(outbox.standing.nextToGo(roomId("!other:hs"))).toBeNull();
    expect(outbox.standing.nextToGo(ROOM)).not.toBeNull();
  });

  test("need not have held words that are known", () => {
    const { outbox, goes } = outboxHouse();
    outbox.standing.goes({ eventId: eventId("$state"), room: ROOM, scope: ofMeeting(FIRST), key: KEY });
    outbox.standing.goes({ eventId: eventId("$state"), room: ROOM, scope: ofMeeting(FIRST), key: KEY });
    expect(goes()).toEqual(["$state"]);
  });
});

describe("what was taken back", () => {
  test("is learnt in its order, once, and is known after a restart", () => {
    const db = openDatabase(":memory:");
    const outbox = new Outbox(db);
    outbox.standing.learn(FIRST, ["a"]);
    outbox.standing.learn(FIRST, ["a", "b"]);
    outbox.standing.learn(FIRST, ["a"]);
    outbox.standing.learn(LATER, []);
    expect([outbox.standing.goneOf(FIRST), outbox.standing.goneOf(LATER)]).toEqual([["a", "b"], []]);
    const again = new Outbox(db).standing;
    expect(again.goneOf(FIRST)).toEqual(["a", "b"]);
  });

  test("in a unit that failed was not learnt", () => {
    const db = openDatabase(":memory:");
    const { standing } = new Outbox(db);
    standing.learn(FIRST, ["a"]);
    const fails = () => {
      standing.learn(FIRST, ["a", "b"]);
      expect(standing.goneOf(FIRST)).toEqual(["a", "b"]);
      throw new Error("no");
    };
    expect(() => unitOf(db).run(fails)).toThrow("no");
    expect(standing.goneOf(FIRST)).toEqual(["a"]);
  });
});
