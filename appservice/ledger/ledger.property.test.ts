import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ANN,
  BEGAN,
  BOB,
  changed,
  circle,
  confirmed,
  corrected,
  DAY,
  entriesFrom,
  EVE,
  heard,
  TASK_OF_BOB,
} from "../../tests/support/ledger/story.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "../journal/journal.ts";
import { PurposeJournal } from "../purposes/purpose-journal.ts";
import { atOnce } from "../journal/parts-of-work.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { balances } from "./entry.ts";
import { Ledger } from "./ledger.ts";
import { sealedIn } from "./sealed-entries.ts";
import { seal } from "./seal.ts";
import { noteSigner } from "./signed-note.ts";
import { Erasures } from "../store/erasures.ts";
import { LedgerLog } from "../store/ledger-log.ts";
import { MOST_A_TEXT } from "./rules/corrections.ts";

const ROOM = roomId("!room");
const person = fc.constantFrom(ANN, BOB, EVE);
const SHOWN = { wording: 1, items: [] };

/** Anything that rules count by, in any order: also such that no meeting of ours would bring about. */
const happened = fc.oneof(
  fc.tuple(person, fc.string({ maxLength: 30 })).map(
    ([by, text]) =>
      (day: number) =>
        corrected(by, day, text),
  ),
  fc.tuple(person, fc.nat(5)).map(
    ([by, n]) =>
      (day: number) =>
        confirmed(by, day, n + 1),
  ),
  fc.tuple(person, fc.constantFrom("open" as const, "done" as const, "dropped" as const)).map(
    ([by, status]) =>
      (day: number) =>
        changed(by, day, { of: "task", id: "t1", status }),
  ),
  fc.tuple(person, fc.boolean()).map(
    ([who, agreed]) =>
      (day: number) =>
        circle({ type: "agreement-answered", at: BEGAN + day * DAY, who, agreed, shown: SHOWN }),
  ),
  person.map((to) => (day: number) => circle({ type: "keeper-changed", at: BEGAN + day * DAY, to })),
  person.map((by) => (day: number) => circle({ type: "meeting-paused", at: BEGAN + day * DAY, by })),
  person.map(
    (by) => (day: number) =>
      circle({ type: "meeting-resumed", at: BEGAN + day * DAY, by, lapsesAt: null, nextAt: null }),
  ),
  person.map((by) => (day: number) => circle({ type: "meeting-ended", at: BEGAN + day * DAY, by })),
);
const story = fc
  .array(fc.tuple(happened, fc.integer({ min: 0, max: 9 })), { maxLength: 30 })
  .map((steps): JournalEntry[] => {
    let day = 0;
    return [
      heard("The tee is hot"),
      TASK_OF_BOB,
      ...steps.map(([at, days]) => {
        day += days;
        return at(day);
      }),
    ];
  });

test("whatever happens, the accounts of each unit sum to zero, and no text earns more than it may", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (entries) => {
      const found = await entriesFrom(entries);
      for (const [, accounts] of balances(found))
        expect([...accounts.values()].reduce((sum, amount) => sum + amount, 0)).toBe(0);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      for (const { amount, from, to } of found) expect([amount > 0, from !== to]).toEqual([true, true]);
      const characters = found.filter(({ unit }) => unit === "characters-corrected");
      expect(characters.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(MOST_A_TEXT);
    }),
    { numRuns: 200 },
  );
});

test("what counted at a moment stands, whatever happens after it", async () => {
  await fc.assert(
    fc.asyncProperty(story, story, async (entries, later) => {
      const until = BEGAN + 300 * DAY;
      const after = later.slice(2).map((entry) => shifted(entry, 300 * DAY));
      const counted = (all: readonly JournalEntry[]) =>
        entriesFrom(all).then((found) => found.filter(({ at }) => at < until));
      expect(await counted([...entries, ...after])).toEqual(await counted(entries));
    }),
    { numRuns: 100 },
  );
});

function shifted(entry: JournalEntry, by: number): JournalEntry {
  const event = { ...entry.event, ...("at" in entry.event && { at: (entry.event.at ?? 0) + by }) };
  return { ...entry, event } as JournalEntry;
}

test("read again, in another order and by another process, the ledger is the same, also what was sealed in between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(story, { minLength: 1, maxLength: 4 }), fc.boolean(), async (stories, backwards) => {
      const db = openDatabase(":memory:");
      const journal = new Journal(db);
      const order = stories.map((entries, n) => ({ entries, id: meetingId(`mstory0000${n}`), began: n }));
      for (const { entries, id, began } of backwards ? order.toReversed() : order)
        journal.append(id, ROOM, 0, entries, began);
      const log = new LedgerLog(db);
      const now = BEGAN + 1_000 * DAY;
      const read = async (of: ParticipantId | null = null) =>
        new Ledger({
          journal: new Journal(db),
          purposes: new PurposeJournal(db),
          sealed: sealedIn(log),
          erasures: new Erasures(db),
          onUnreadable: rethrow,
        }).at(ROOM, now, of);
      const before = await read();
      const wanted = await Promise.all(order.map(({ entries, id }) => entriesFrom(entries, { meeting: id })));
      const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).sort();
      expect(ids(before.counted)).toEqual(ids(wanted.flat()));
      const deps = { log, signer: noteSigner("hs", Buffer.alloc(32)), random: Buffer.alloc };
      atOnce(seal(ROOM, before.counted.slice(0, 5), now, deps));
      expect(await read()).toEqual(before);
      for (const who of [ANN, BOB, EVE])
        expect((await read(who)).counted).toEqual(before.counted.filter(({ from, to }) => from === who || to === who));
    }),
    { numRuns: 30 },
  );
});

function rethrow(_: string, error: unknown): never {
  throw error;
}
