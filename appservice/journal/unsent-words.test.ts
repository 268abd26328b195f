import { describe, expect, test } from "vitest";
import { FIRST, KEY, LATER, OTHER, outboxHouse, post, ROOM } from "../../tests/support/journal/outbox-house.ts";
import { messagesIn } from "../../tests/support/journal/readable.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { AssemblyId } from "../protocol/identity.ts";
import type { Post } from "./post.ts";
import { ofMeeting, ofRoom } from "./scope.ts";
import { EVERYTHING } from "./standing-versions.ts";

describe("a message that waits to be sent, and that nobody wants any more,", () => {
  test("is not sent where it holds words that were taken back, and is where they stay", () => {
    const { outbox, send, takeBack, review } = outboxHouse();
    outbox.want([post("a walrus", { ids: ["1.1"] }), post("a heron", { ids: ["1.2"] }, { key: OTHER })]);
    takeBack("1.1");
    expect(review([])).toBe(true);
    expect(send()).toEqual(["new gone as $1", "new a heron as $2"]);
  });

  test("is sent where it was worded after they were taken back, though it may rest on anybody's", () => {
    const { outbox, send, takeBack, review } = outboxHouse();
    takeBack("1.1");
    outbox.want([post("no walrus", { ids: [EVERYTHING] })]);
    expect(review([])).toBe(true);
    expect(send()).toEqual(["new no walrus as $1"]);
  });

  test.each([true, false])(
    "and is another meeting's, is that meeting's to see to where it is at hand (%s)",
    (atHand) => {
      const { outbox, send, takeBack, review } = outboxHouse();
      const carried = { scope: ofMeeting(LATER) };
      const heron = post("carried: a heron", { ids: ["1.2"] }, { ...carried, key: OTHER });
      outbox.want([post("carried: a walrus", { ids: ["1.1"] }, carried), heron]);
      takeBack("1.1");
      // A message of this meeting's own has the same name, and is wanted.
      expect(review([KEY], () => atHand)).toBe(true);
      const walrus = atHand ? "carried: a walrus" : "gone";
      expect(send()).toEqual([`new ${walrus} as $1`, "new carried: a heron as $2"]);
    },
  );

  test("in the thread of a message that goes need not be taken away: it never stood", () => {
    const { outbox, want, goes, takeBack } = outboxHouse();
    want(post("a walrus", { ids: ["1.1"] }));
    outbox.want([post("in its thread", null, { key: OTHER, thread: KEY })]);
    takeBack("1.1");
    expect(want(post("\u2014", { ids: [] }))).toEqual(["new \u2014 as $2", "new in its thread as $3"]);
    expect(goes()).toEqual(["$1"]);
  });
});

test("a message that was given up keeps no words that were taken back, wherever it lies", () => {
  const { db, outbox, takeBack, review } = outboxHouse();
  outbox.want([post("a walrus", { ids: ["1.1"] }), post("a heron", { ids: ["1.2"] }, { key: OTHER })]);
  for (let next = outbox.next(ROOM); next; next = outbox.next(ROOM)) outbox.skip(next);
  takeBack("1.1");
  expect(messagesIn(db).join(), "or nothing would be proved").toContain("walrus");
  expect(review([])).toBe(true);
  expect(messagesIn(db).join()).not.toContain("walrus");
  expect(messagesIn(db).join()).toContain("heron");
});

test("a message goes at once whose place is to be taken by other words that are not sent yet", () => {
  const { outbox, want, send, goes, takeBack, review } = outboxHouse();
  want(post("a walrus", { ids: ["1.1"] }));
  outbox.want([post("a heron", { ids: ["1.2"] })]);
  takeBack("1.1");
  expect(review()).toBe(true);
  expect(goes()).toEqual(["$1"]);
  expect(send()).toEqual(["new a heron as $2"]);
});

test("a message that stands goes although the outbox has forgotten it", () => {
  const { db, want, send, goes, takeBack, review } = outboxHouse();
  want(post("a walrus", { ids: ["1.1"] }));
  takeBack("1.1");
  db.exec("DELETE FROM outbox");
  expect(review()).toBe(true);
  expect([goes(), send()]).toEqual([["$1"], []]);
});

test("a meeting that is made anew answers for its own words alone: another's in its messages stay in doubt", () => {
  const { outbox, want, madeAnew } = outboxHouse();
  want(post("carried on: a walrus", { ids: ["1.1"], meeting: LATER }));
  outbox.standing.learn(LATER, ["1.1"]);
  expect([madeAnew(), madeAnew()]).toEqual([false, false]);
});

describe("messages that speak of an assembly", () => {
  const [ASSEMBLY, ANN, BOB] = [AssemblyId.parse("agarden00001"), personId("@ann:hs"), personId("@bob:hs")];
  const news = (body: string, who: typeof ANN, at: number): Post =>
    post(body, null, {
      scope: ofRoom(ROOM),
      key: { kind: "assembly-news", assembly: ASSEMBLY, at, what: "told" },
      rests: { meeting: ASSEMBLY, ids: [who] },
    });

  test.each(["sent", "waiting", "given up"])(
    "and are %s hold nothing of somebody whose words were erased; those that are wanted are made anew",
    (how) => {
      const { db, outbox, send } = outboxHouse();
      outbox.want([news("a walrus", ANN, 1), news("an ocelot", ANN, 2), news("a heron", BOB, 3)]);
      if (how === "sent") send();
      if (how === "given up") for (let next = outbox.next(ROOM); next; next = outbox.next(ROOM)) outbox.skip(next);
      outbox.standing.learn(ASSEMBLY, [ANN]);
      const renewed = news("no ocelot", ANN, 2);
      outbox.want([renewed]);
      outbox.reviewAssembly(ASSEMBLY, ROOM, [renewed.key]);
      send();
      expect(messagesIn(db).join()).not.toMatch(/walrus|an ocelot/);
      expect(messagesIn(db).join()).toMatch(/no ocelot.*a heron|a heron.*no ocelot/);
    },
  );
});

test("what was taken back is known without a look at the database: a long meeting asks it of each message", () => {
  const { db, outbox } = outboxHouse();
  outbox.standing.learn(FIRST, ["a"]);
  db.close();
  expect(outbox.standing.goneOf(FIRST)).toEqual(["a"]);
});

test("it is told whether some of what was taken back is new: then messages are worded anew", () => {
  const { takeBack } = outboxHouse();
  expect([takeBack(), takeBack("a"), takeBack("a"), takeBack("a", "b"), takeBack("a")]).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
});

test("what another service learnt of a room is known here once the room has come from it", () => {
  const { db, outbox, takeBack } = outboxHouse();
  takeBack("a");
  db.prepare("INSERT INTO words_taken_back (meeting, n, id) VALUES (?, 1, 'b')").run(FIRST);
  outbox.readAnew();
  expect(outbox.standing.goneOf(FIRST)).toEqual(["a", "b"]);
});
