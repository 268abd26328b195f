import { expect, test } from "vitest";
import { ROOM, SIGNER } from "../../tests/support/ledger/sealed.ts";
import { ANN, BOB } from "../../tests/support/ledger/story.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { Journal } from "../journal/journal.ts";
import { atOnce } from "../journal/parts-of-work.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { PurposeJournal } from "../purposes/purpose-journal.ts";
import { openDatabase } from "../store/database.ts";
import { Erasures } from "../store/erasures.ts";
import { LedgerLog } from "../store/ledger-log.ts";
import { Ledger } from "./ledger.ts";
import { seal } from "./seal.ts";
import { sealedIn } from "./sealed-entries.ts";

/** A room of which nothing was sealed yet, and in which people answer what their words may be used for. */
function unsealed() {
  const db = openDatabase(":memory:");
  const [log, erasures, purposes] = [new LedgerLog(db), new Erasures(db), new PurposeJournal(db)];
  const ledger = new Ledger({
    journal: new Journal(db),
    purposes,
    sealed: sealedIn(log),
    erasures,
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  return {
    log,
    erasures,
    answered: (who: ParticipantId, given: boolean, at: number) =>
      purposes.append(ROOM, [
        { type: "purpose-answered", at, who, purpose: "improve", given, text: null, door: "widget" },
      ]),
    sealed: async (at: number) => {
      atOnce(seal(ROOM, (await ledger.at(ROOM, at)).counted, at, { log, signer: SIGNER, random: Buffer.alloc }));
      return db.prepare("SELECT entry FROM ledger_salts ORDER BY n").pluck().all().map(String);
    },
  };
}

test("what somebody gave before they had it erased is never sealed under their name, nor what the erasure takes back", async () => {
  const { erasures, answered, sealed } = unsealed();
  answered(ANN, true, 10);
  answered(BOB, true, 11);
  erasures.note({ room: ROOM, who: ANN, at: 20 });
  answered(ANN, false, 25);
  erasures.done({ room: ROOM, who: ANN, at: 20 }, 26);
  const entries = await sealed(100);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toContain(BOB);
});

test("people who were erased from a moment on are known, so that what was sealed meanwhile goes too", () => {
  const { erasures } = unsealed();
  erasures.note({ room: ROOM, who: ANN, at: 20 });
  erasures.note({ room: ROOM, who: BOB, at: 30 });
  expect(erasures.since(ROOM, 21)).toEqual([BOB]);
  expect(erasures.since(ROOM, 20).toSorted()).toEqual([ANN, BOB].toSorted());
  expect(erasures.since(roomId("!other:hs"), 0)).toEqual([]);
});

test("what somebody gave to a record that is erased whole is not credited, and what began after the wish is", async () => {
  const { erasures, answered, sealed } = unsealed();
  answered(ANN, true, 10);
  answered(ANN, false, 25);
  answered(ANN, true, 30);
  erasures.note({ room: ROOM, who: ANN, at: 40, begun: 20 });
  const [first, ...others] = await sealed(100);
  expect(others).toEqual([]);
  expect(first).toContain('"at":30');
});

test("an erasure is known once: one that comprises it stands for both, and of two that do not both stand", () => {
  const { erasures } = unsealed();
  const asked = { room: ROOM, who: ANN };
  const known = () => erasures.pending().map(({ at, begun }) => [at, begun]);
  expect(erasures.note({ ...asked, at: 20 }, true)).toBe(true);
  expect(erasures.note({ ...asked, at: 20 })).toBe(false);
  expect(erasures.note({ ...asked, at: 30, begun: 20 })).toBe(true);
  expect(known()).toEqual([[30, 20]]);
  expect(erasures.note({ ...asked, at: 25 })).toBe(true);
  expect(known()).toEqual([
    [25, 25],
    [30, 20],
  ]);
  erasures.done({ ...asked, at: 25 }, 50);
  expect(erasures.isDone({ ...asked, at: 22 })).toBe(true);
  expect(erasures.isDone({ ...asked, at: 30, begun: 20 })).toBe(false);
  expect(erasures.note({ ...asked, at: 60 })).toBe(true);
  expect(known(), "that comprises both").toEqual([[60, 60]]);
  expect(erasures.untold()).toEqual([]);
  erasures.done({ ...asked, at: 60 }, 70);
  expect(erasures.untold(), "who asked for the first is told").toEqual([{ ...asked, at: 60, begun: 60 }]);
});

test("entries that rest on meetings which stay are not erased from the log", async () => {
  const { log } = unsealed();
  const line = (n: number, because: string) => ({
    id: `e${n}`,
    record: Buffer.alloc(1),
    salt: Buffer.alloc(1),
    entry: JSON.stringify({ from: "room", to: ANN, because: [because] }),
  });
  log.append(ROOM, 0, [line(0, "mfirst0001#4"), line(1, "mlater0001#4")], { size: 2, note: "", madeAt: 1 });
  expect(log.erase(ANN, ROOM, [meetingId("mlater0001")])).toBe(1);
  expect(log.lines(ROOM).map(({ open }) => open?.entry.includes("mlater0001") ?? null)).toEqual([null, true]);
});

test("whoever gives something again after their erasure is credited with that", async () => {
  const { erasures, answered, sealed } = unsealed();
  answered(ANN, true, 10);
  erasures.note({ room: ROOM, who: ANN, at: 20 });
  answered(ANN, false, 25);
  answered(ANN, true, 30);
  const entries = await sealed(100);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toContain('"at":30');
});
