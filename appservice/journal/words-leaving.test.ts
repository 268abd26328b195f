import { expect, test } from "vitest";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import type { JournalEntry } from "./entry.ts";
import { Journal } from "./journal.ts";
import { WordsLeaving } from "./words-leaving.ts";

const ROOM = roomId("!room:hs");
const ZOE = personId("@zoe:hs");
const [LONG, SHORT] = [meetingId("mlong000001"), meetingId("mshort00001")];

/** A long meeting and a short one: a comment in each of them was taken back, and its words are still there. */
function house() {
  const journal = new Journal(openDatabase(":memory:"));
  const write = (meeting: MeetingId, comments: number) => {
    const gathered = { type: "meeting-gathered", at: 1, id: meeting, roomId: ROOM, language: "en" } as const;
    const entries: JournalEntry[] = [{ kind: "circle", event: gathered }];
    for (let n = 0; n < comments; n++) {
      const comment = { id: `$${n}`, circle: 0, turn: 1, who: ZOE, name: "Zoe", at: 1, text: `ocelot ${n}.` };
      entries.push({ kind: "record", event: { type: "comment-made", comment } });
    }
    journal.append(meeting, ROOM, 0, entries, 1);
  };
  write(LONG, 80);
  write(SHORT, 3);
  const withdraw = (meeting: MeetingId, n: number) =>
    journal.append(
      meeting,
      ROOM,
      journal.lengthOf(meeting),
      [{ kind: "record", event: { type: "comment-removed", id: `$${n}` } }],
      2,
    );
  const failed: unknown[] = [];
  const leaving = () => new WordsLeaving({ journal, onFailed: (error) => failed.push(error) });
  const holds = (meeting: MeetingId, n: number) => JSON.stringify(journal.read(meeting)).includes(`ocelot ${n}.`);
  const ask = (words: WordsLeaving, meeting: MeetingId) => journal.unit.run(() => words.ask(meeting));
  return { journal, leaving, withdraw, holds, ask, failed };
}

test("of a short meeting words leave with the change itself", () => {
  const { journal, leaving, withdraw, holds, ask } = house();
  const words = leaving();
  withdraw(SHORT, 1);
  expect(words.tookBack()).toBe(false);
  ask(words, SHORT);
  expect([holds(SHORT, 1), holds(SHORT, 2)]).toEqual([false, true]);
  expect(journal.withWordsLeaving()).toEqual([]);
  expect([words.tookBack(), words.tookBack()]).toEqual([true, false]);
});

test("of a long meeting they leave soon afterwards, and until then it is noted down that they have to", async () => {
  const { journal, leaving, withdraw, holds, ask, failed } = house();
  const words = leaving();
  withdraw(LONG, 1);
  ask(words, LONG);
  expect([holds(LONG, 1), journal.withWordsLeaving()]).toEqual([true, [LONG]]);
  words.tookBack();
  await words.settled();
  expect([holds(LONG, 1), holds(LONG, 2), journal.withWordsLeaving()]).toEqual([false, true, []]);
  expect([words.tookBack(), failed]).toEqual([true, []]);
});

test("what the end of a service cuts off, the next start does", async () => {
  const { journal, leaving, withdraw, holds, ask } = house();
  const before = leaving();
  withdraw(LONG, 1);
  ask(before, LONG);
  before.stop();
  await before.settled();
  expect([holds(LONG, 1), journal.withWordsLeaving()]).toEqual([true, [LONG]]);
  const after = leaving();
  await after.settled();
  expect(holds(LONG, 1)).toBe(true);
  after.start();
  await after.settled();
  expect([holds(LONG, 1), journal.withWordsLeaving()]).toEqual([false, []]);
});

test("those that are taken back while others leave are gone through after them", async () => {
  const { journal, leaving, withdraw, holds, ask } = house();
  const words = leaving();
  const [runs, { takeOut }] = [{ count: 0 }, journal.words];
  journal.words.takeOut = function* (meeting) {
    runs.count += 1;
    const took = yield* takeOut.call(journal.words, meeting);
    if (runs.count === 1) {
      withdraw(LONG, 2);
      ask(words, LONG);
      ask(words, LONG);
    }
    return took;
  };
  withdraw(LONG, 1);
  ask(words, LONG);
  await words.settled();
  expect([holds(LONG, 1), holds(LONG, 2), holds(LONG, 3)]).toEqual([false, false, true]);
  expect([runs.count, journal.withWordsLeaving()]).toEqual([2, []]);
});

test("those of a short meeting that is being erased wait for the erasure, and no longer", async () => {
  const { journal, leaving, withdraw, holds, ask } = house();
  const words = leaving();
  withdraw(SHORT, 1);
  const { erase } = journal.words;
  let seen: unknown = null;
  journal.words.erase = function* (meeting, who) {
    ask(words, SHORT);
    seen = [holds(SHORT, 1), journal.withWordsLeaving()];
    return yield* erase.call(journal.words, meeting, who);
  };
  await words.erase(SHORT, ZOE);
  await words.settled();
  expect(seen, "it is not written into entries that the erasure has read").toEqual([true, [SHORT]]);
  expect([holds(SHORT, 1), journal.withWordsLeaving()]).toEqual([false, []]);
  withdraw(SHORT, 2);
  ask(words, SHORT);
  expect([holds(SHORT, 2), journal.withWordsLeaving()]).toEqual([false, []]);
});
