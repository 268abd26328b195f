import { describe, expect, test } from "vitest";
import {
  ANN,
  BEGAN,
  BOB,
  confirmed,
  corrected,
  DAY,
  entriesFrom,
  EVE,
  heard,
} from "../../tests/support/ledger/story.ts";
import { corrections, MOST_A_TEXT } from "./rules/corrections.ts";
import type { JournalEntry } from "../journal/entry.ts";

const credits = async (...entries: readonly JournalEntry[]) =>
  (await entriesFrom(entries, { rules: [corrections] })).map(({ to, amount, at }) => [to, amount, (at - BEGAN) / DAY]);

const HEARD = heard("The tee is hot");

describe("a correction", () => {
  test("counts by its characters once it has stood seven days and somebody else confirmed it", async () => {
    expect(await credits(HEARD, corrected(BOB, 1, "The tea is hot"), confirmed(ANN, 2, 1))).toEqual([[BOB, 1, 8]]);
  });

  test("counts from the day on which it was confirmed, where that is later", async () => {
    expect(await credits(HEARD, corrected(BOB, 1, "The tea is hot"), confirmed(EVE, 30, 1))).toEqual([[BOB, 1, 30]]);
  });

  test("counts nothing while nobody else has confirmed it", async () => {
    expect(await credits(HEARD, corrected(BOB, 1, "The tea is hot"))).toEqual([]);
  });

  test("counts nothing where it was changed before the seven days were over", async () => {
    const changed = [corrected(BOB, 1, "The tea is hot"), confirmed(ANN, 2, 1), corrected(EVE, 5, "A tea is hot")];
    expect(await credits(HEARD, ...changed)).toEqual([]);
  });

  test("of one's own words counts nothing, however often it is made and whoever confirms it", async () => {
    const hundred = Array.from({ length: 100 }, (_, n) => [
      corrected(ANN, n * 8, `The tea is hot ${n}`),
      confirmed(BOB, n * 8 + 1, n + 1),
    ]).flat();
    expect(await credits(HEARD, ...hundred)).toEqual([]);
  });

  test("that is undone by whoever made it counts nothing anew", async () => {
    const undone = [
      corrected(BOB, 1, "The tea is hot"),
      confirmed(ANN, 2, 1),
      corrected(BOB, 20, "The tee is hot"),
      confirmed(ANN, 21, 2),
      corrected(BOB, 40, "The tea is hot"),
      confirmed(ANN, 41, 3),
    ];
    expect(await credits(HEARD, ...undone)).toEqual([[BOB, 1, 8]]);
  });

  test("in a war of corrections counts for nobody, also where each writes something new", async () => {
    const war = [
      corrected(BOB, 1, "The tea is hot"),
      corrected(EVE, 2, "The tee was hot"),
      corrected(BOB, 3, "The tea was quite hot"),
      confirmed(ANN, 4, 3),
    ];
    expect(await credits(HEARD, ...war)).toEqual([]);
  });

  test("that its maker went on with counts once, by all that they changed", async () => {
    const steps = [corrected(BOB, 1, "The tea is hot"), corrected(BOB, 2, "The tea is not"), confirmed(ANN, 3, 2)];
    expect(await credits(HEARD, ...steps)).toEqual([[BOB, 2, 9]]);
  });

  test("counts no more than so many characters a text, all people together", async () => {
    const long = [
      corrected(BOB, 1, "x".repeat(4_000)),
      confirmed(ANN, 2, 1),
      corrected(EVE, 20, "y".repeat(4_000)),
      confirmed(ANN, 21, 2),
    ];
    expect(await credits(HEARD, ...long)).toEqual([[BOB, MOST_A_TEXT, 8]]);
  });
});
