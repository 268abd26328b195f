import { expect, test } from "vitest";
import { endsF1, sentenceEnds } from "./sentence-ends.ts";

test("an end counts where the same word ends a sentence, though words before it were misheard; the last is not counted", () => {
  const said = "Нажмите 1. Для выхода нажмите решётку. Спасибо.";
  expect(sentenceEnds(said, "нажмите один. Для входа нажмите решетку спасибо")).toEqual({
    said: 2,
    written: 1,
    same: 1,
  });
  expect(sentenceEnds(said, "Нажмите. Для выхода, нажмите решетку. Ну, спасибо!")).toEqual({
    said: 2,
    written: 2,
    same: 1,
  });
  expect(sentenceEnds(said, said)).toEqual({ said: 2, written: 2, same: 2 });
  expect(sentenceEnds(said, "")).toEqual({ said: 2, written: 0, same: 0 });
});

test("F1 is over all texts", () => {
  expect(
    endsF1([
      { said: 2, written: 1, same: 1 },
      { said: 2, written: 3, same: 1 },
    ]),
  ).toBe(50);
});
