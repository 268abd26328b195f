import { expect, test } from "vitest";
import { withMentions } from "./mentions.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";

const ids = (text: string) => withMentions(text, ({ id }) => id);

test.each([
  "[@bob:hs](https://matrix.to/#/@bob:hs)",
  "[Bob](https://matrix.to/#/%40bob%3Ahs)",
  "[Bob [away]](https://matrix.to/#/@bob:hs)",
  "[Bob \\[away\\]](https://matrix.to/#/@bob:hs)",
  "[Bob (he)](https://matrix.to/#/@bob:hs)",
  "[Боб](matrix:u/bob:hs)",
  "[Bob](matrix:u/bob:hs?action=chat)",
  "https://matrix.to/#/@bob:hs",
  "<https://matrix.to/#/@bob:hs>",
  "<@bob:hs>",
  "[Bob](<https://matrix.to/#/@bob:hs>)",
  '[Bob](https://matrix.to/#/@bob:hs "Bob")',
  "[Bob](https://matrix.to/#/@bob:hs?via=hs)",
  "[Bob](https://app.element.io/#/user/@bob:hs)",
  "matrix:u/bob:hs",
])("whom %s mentions is told by the id", (mention) => {
  expect(ids(mention)).toBe("@bob:hs");
  expect(ids(`${mention} by Friday, and [x] too`)).toBe("@bob:hs by Friday, and [x] too");
});

test("several mentions stand for as many people", () => {
  expect(ids("[A](https://matrix.to/#/@a:hs), [B [x]](https://matrix.to/#/@b:hs)")).toBe("@a:hs, @b:hs");
});

test("what mentions nobody stays as it is", () => {
  for (const text of [
    "[Garden](https://matrix.to/#/!room:hs)",
    "[Garden](https://matrix.to/#/#garden:hs)",
    "[plan](https://example.org/?u=@bob:hs)",
    "a](b)",
    "Bob [away]",
    "[x](https://matrix.to/#/%E0%A4%A)",
    "matrix: u/bob",
    "[x](matrix:r/garden:hs)",
  ])
    expect(ids(text)).toBe(text);
});

test("a long text is read soon", () => {
  const took = stopwatch();
  for (const piece of [
    "[",
    "](",
    "[a](",
    "[a](https://matrix.to/#/@bob:hs) ",
    "matrix:",
    "<@",
    "https://matrix",
    "matrix [",
  ])
    ids(`matrix ${piece.repeat(64_000 / piece.length)}`);
  expect(took()).toBeLessThan(2_000);
});
