import { describe, expect, test } from "vitest";
import { id as personOf } from "../../../tests/support/circle/play.ts";
import { SEVEN, wordyMeeting } from "../../../tests/support/erasure/wordy-meetings.ts";
import { eventId, meetingId, roomId } from "../../../tests/support/protocol/ids.ts";
import { openDatabase } from "../../store/database.ts";
import { wordKeysOf } from "../../store/word-keys.ts";
import { Journal } from "../journal.ts";
import { Outbox } from "../outbox.ts";
import { parsePostKey } from "../parse-post-key.ts";
import type { Post } from "../post.ts";
import { ofMeeting } from "../scope.ts";
import { EVERYTHING } from "../standing-versions.ts";

const [ROOM, OTHER, MEETING] = [roomId("!garden:hs"), roomId("!other:hs"), meetingId("mwordy00001")];
const [ANN, BOB] = [personOf("ann"), personOf("bob")];

function house() {
  const db = openDatabase(":memory:");
  const journal = new Journal(db);
  wordyMeeting(journal, MEETING, ROOM, "bob");
  const [outbox, keys] = [new Outbox(db), wordKeysOf(db)];
  const post = (ids: readonly string[] | null, body: string, key = "root"): Post => ({
    scope: ofMeeting(MEETING),
    key: parsePostKey(key),
    room: ROOM,
    thread: null,
    type: "m.room.message",
    content: { body },
    ...(ids && { rests: { meeting: MEETING, ids } }),
  });
  const named = (...who: (typeof ANN)[]) =>
    who
      .map((each) => keys.presentOf(ROOM, each))
      .toSorted()
      .join(" ");
  const row = (key = "root") =>
    db.prepare("SELECT * FROM outbox WHERE key = ?").get(key) as Record<string, string | null>;
  const letGo = async (who: typeof ANN) => {
    journal.sealing.retire(ROOM, who, 1);
    await journal.sealing.letGo(MEETING, ROOM, who);
    await journal.sealing.letGoPosts(ROOM, who);
    journal.sealing.destroy(ROOM, who);
  };
  return { db, journal, outbox, keys, post, named, row, letGo, all: named(...SEVEN.map((name) => personOf(name))) };
}

describe("a message of the bot's is sealed", () => {
  test("by the keys of those on whose words it rests, and of those who are named by their ids", () => {
    const { outbox, post, named, row } = house();
    outbox.want([post(["1.1"], "a walrus"), post([ANN, "2.1"], "two", "meeting")]);
    expect(row().sealed_by).toBe(named(ANN));
    expect(row("meeting").sealed_by).toBe(named(ANN, BOB));
    expect(row().content).not.toContain("walrus");
  });

  test("by everybody's where it rests on all, or on more than can be told apart", () => {
    const { outbox, post, row, all, named } = house();
    const ids = (count: number) => Array.from({ length: count }, (_, n) => (n === 0 ? "1.1" : `1.1-${n}`));
    outbox.want([post([EVERYTHING], "a walrus"), post(ids(41), "two", "meeting")]);
    expect([row().sealed_by, row("meeting").sealed_by]).toEqual([all, all]);
    const forty = Array.from({ length: 40 }, () => "1.1");
    outbox.want([post(forty, "three", "late")]);
    expect(row("late").sealed_by).toBe(named(ANN));
  });

  test("by nobody's where it rests on nobody's words: it stands there as it is", () => {
    const { outbox, post, row } = house();
    outbox.want([post(null, "hello")]);
    expect(row()).toMatchObject({ content: '{"body":"hello"}', sealed_by: null });
  });
});

test("a message that was found standing in the room is sealed likewise, and is known for what it says", () => {
  const { outbox, post, row, named } = house();
  const found = post(["1.1"], "a walrus");
  outbox.stands([{ post: found, eventId: eventId("$root") }], 1);
  expect(row().sealed_by).toBe(named(ANN));
  expect(outbox.want([found])).toEqual([]);
  expect(outbox.want([post(["1.1"], "two walruses")])).toEqual([ROOM]);
});

describe("an erasure", () => {
  test("leaves what is under way and what is wanted instead, without the keys that go", async () => {
    const { outbox, post, row, letGo, named } = house();
    outbox.want([post(["1.1", "2.1"], "ann and bob")]);
    expect(outbox.next(ROOM)?.content).toEqual({ body: "ann and bob" });
    outbox.want([post(["2.1", "3.1"], "bob and cid")]);
    const [before, bobs] = [row(), named(BOB)];
    expect([before.sealed_by, before.flight_sealed_by]).toEqual([named(BOB, personOf("cid")), named(ANN, BOB)]);
    await letGo(BOB);
    expect(row().sealed_by).toContain(named(personOf("cid")));
    expect(row().flight_sealed_by).toContain(named(ANN));
    expect([row().sealed_by, row().flight_sealed_by].join(" ")).not.toContain(bobs);
    expect([row().content, row().flight_content]).not.toEqual([before.content, before.flight_content]);
    const flying = outbox.next(ROOM)!;
    expect(flying.content).toEqual({ body: "ann and bob" });
    outbox.sent(flying, eventId("$root"), 1);
    expect(outbox.next(ROOM)).toMatchObject({ eventId: "$root", content: { body: "bob and cid" } });
  });

  test("seals anew no message that rests on others' words, nor one of another room", async () => {
    const { db, outbox, post, row, letGo } = house();
    outbox.want([post(["1.1"], "ann"), post(["2.1"], "bob", "meeting")]);
    db.prepare("UPDATE outbox SET room = ? WHERE key = 'meeting'").run(OTHER);
    const before = [row().content, row("meeting").content];
    await letGo(BOB);
    expect([row().content, row("meeting").content]).toEqual(before);
  });
});

test("messages from before there were keys are sealed in portions, and one that is gone meanwhile is passed over", async () => {
  const { db, journal, outbox, post, row } = house();
  const keys = Array.from({ length: 130 }, (_, n) => `turn:${n + 1}`);
  outbox.want(keys.map((key) => post(["1.1"], "ann", key)));
  db.prepare('UPDATE outbox SET content = \'{"body":"ann"}\', sealed_by = NULL').run();
  db.exec("INSERT INTO unsealed_messages (scope, key) SELECT scope, key FROM outbox");
  db.exec("DELETE FROM outbox WHERE key = 'turn:7'");
  await journal.sealing.sealOlder(() => true);
  expect(db.prepare("SELECT COUNT(*) FROM unsealed_messages").pluck().get(), "it was to stop").toBe(130);
  await journal.sealing.sealOlder();
  expect(db.prepare("SELECT COUNT(*) FROM unsealed_messages").pluck().get()).toBe(0);
  expect(db.prepare("SELECT COUNT(*) FROM outbox WHERE sealed_by IS NULL").pluck().get()).toBe(0);
  expect(row("turn:130").content).not.toContain("ann");
  expect(outbox.next(ROOM)?.content).toEqual({ body: "ann" });
});
