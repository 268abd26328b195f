import { expect, onTestFinished, test, vi } from "vitest";
import { madePurposes } from "../../tests/support/purposes/made-purposes.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { unitOf } from "../store/unit-of-work.ts";
import { MOST_YESES_A_DAY } from "./folded-answers.ts";
import { PurposeJournal } from "./purpose-journal.ts";

const GARDEN = roomId("!garden:hs");
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const HOUR = 3_600_000;

function place() {
  const db = openDatabase(":memory:");
  onTestFinished(() => void db.close());
  const purposes = madePurposes(db);
  const hash = purposes.shownTo(GARDEN, ANN, "en").find(({ purpose }) => purpose === "improve")?.hash ?? "";
  return {
    purposes,
    unit: unitOf(db),
    answer: (who: typeof ANN, given: boolean, at: number) =>
      purposes.answer(GARDEN, { actor: { id: who, door: "widget" }, purpose: "improve", given, hash, at }),
  };
}

test("an answer reads what is new in a room's journal, and not again all that was ever answered there", () => {
  const { purposes, answer } = place();
  const read = vi.spyOn(PurposeJournal.prototype, "read");
  onTestFinished(() => read.mockRestore());
  for (let n = 0; n < 30; n++) answer(n % 2 ? ANN : BOB, n % 4 < 2, n * HOUR);
  expect(purposes.allowing(GARDEN, "improve")).toEqual(new Set([ANN, BOB]));
  const entries = read.mock.results.flatMap(({ value }) => value as readonly unknown[]);
  expect(entries.length).toBeLessThanOrEqual(30);
});

test("an answer that came to nothing is forgotten, also where another took its place", () => {
  const { purposes, unit, answer } = place();
  expect(() =>
    unit.run(() => {
      answer(ANN, true, 1);
      expect(purposes.allows(GARDEN, ANN, "improve")).toBe(true);
      throw new Error("the disk is full");
    }),
  ).toThrow("the disk is full");
  answer(BOB, true, 2);
  expect(purposes.allowing(GARDEN, "improve")).toEqual(new Set([BOB]));
});

test("whoever switches to and fro all day can take it back at any time, and allow it again the next day", () => {
  const { purposes, answer } = place();
  for (let n = 0; n < MOST_YESES_A_DAY; n++) {
    expect(answer(ANN, true, n)).toMatchObject({ accepted: true });
    expect(answer(ANN, false, n)).toMatchObject({ accepted: true });
  }
  expect(answer(ANN, true, HOUR)).toMatchObject({ accepted: false, refusal: { code: "purpose-too-often" } });
  expect(purposes.allows(GARDEN, ANN, "improve")).toBe(false);
  expect(answer(BOB, true, HOUR), "others are not kept from it").toMatchObject({ accepted: true });
  expect(answer(ANN, true, 25 * HOUR)).toMatchObject({ accepted: true });
});
