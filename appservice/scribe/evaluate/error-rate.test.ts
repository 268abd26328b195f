import { expect, test } from "vitest";
import { characterErrors, errorRate, wordErrors } from "./error-rate.ts";
import { normalised } from "./normalise.ts";

test.each([
  ["That’s ALL, from me!", "thats all from me"],
  ["Ещё раз — всё.", "еще раз все"],
  ["[Music] It is 21 of 305 (7 %).", "it is twenty one of three hundred five seven percent"],
  ["В 12 часов 40 минут", "в двенадцать часов сорок минут"],
  ["room 4b, year 1984", "room 4b year 1984"],
  ["well-known", "well known"],
  ["…", ""],
])("%j is compared as %j", (text, plain) => {
  expect(normalised(text).join(" ")).toBe(plain);
});

test("what differs in form alone is no error", () => {
  expect(wordErrors("Twenty reports, that's it.", "20 reports, that’s it")).toEqual({ errors: 0, of: 4 });
});

test("each word too much, too few or wrong counts once", () => {
  expect(wordErrors("one two three four", "one too three four five")).toEqual({ errors: 2, of: 4 });
  expect(wordErrors("one two", "")).toEqual({ errors: 2, of: 2 });
  expect(characterErrors("agenda", "a gender")).toEqual({ errors: 2, of: 6 });
});

test("the rate of several is that of all their words together", () => {
  expect(
    errorRate([
      { errors: 1, of: 1 },
      { errors: 0, of: 99 },
    ]),
  ).toBe(1);
});
