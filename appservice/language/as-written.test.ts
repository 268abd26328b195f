import { expect, test } from "vitest";
import { asWritten, joinedAtPauses, wasSaid } from "./as-written.ts";

test("capitals and stops are put back at the borders of pieces, where a sentence ended there", () => {
  expect(joinedAtPauses(["мы разобрали отчёт", "важные пункты я вышлю.", "их список в почте"])).toBe(
    "мы разобрали отчёт. Важные пункты я вышлю. Их список в почте",
  );
  expect(joinedAtPauses(["we went through the report", "the main points are sent"])).toBe(
    "we went through the report. The main points are sent",
  );
});

test("where a sentence goes on after a pause nothing is put in, and numbers stay as they were said", () => {
  expect(joinedAtPauses(["я пришлю отчёт,", "чтобы все прочли"])).toBe("я пришлю отчёт, чтобы все прочли");
  expect(joinedAtPauses(["it costs", "because of the roof twelve hundred"])).toBe(
    "it costs because of the roof twelve hundred",
  );
  expect(joinedAtPauses(["у нас 12 человек", "15 стульев"])).toBe("у нас 12 человек. 15 стульев");
  expect(joinedAtPauses([])).toBe("");
});

test("a sentence is written with a capital and a stop, and with its own words alone", () => {
  expect(asWritten("решили ждать до мая")).toBe("Решили ждать до мая.");
  expect(asWritten("Кто платит?")).toBe("Кто платит?");
  expect(asWritten("we bought the paint, ")).toBe("We bought the paint…");
  expect(asWritten("iPhone is broken")).toBe("iPhone is broken.");
  expect(asWritten("«да» сказали все")).toBe("«Да» сказали все.");
  expect(asWritten(" ")).toBe("");
  expect(wasSaid("Решили ждать.", "ну решили ждать до мая")).toBe(true);
  expect(wasSaid("Решили уйти.", "ну решили ждать до мая")).toBe(false);
});
