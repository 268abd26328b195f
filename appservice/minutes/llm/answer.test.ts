import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { stopwatch } from "../../../tests/support/stopwatch.ts";
import { answerIn, elementsIn } from "./answer.ts";

const schema = z.object({ a: z.number() });

test.each([
  '{"a":1}',
  'Here it is:\n```json\n{"a": 1}\n```\nBye!',
  '<think>{"a":9}</think>{"a":1}',
  '{"b":2} {"a":1}',
  'so {it goes} {"a":1,"note":"}{"}',
  '{"x":"\\"}","a":1}',
])("found in %s", (text) => expect(answerIn(text, schema)).toEqual({ ok: true, value: { a: 1 } }));

test.each(["", "no", '{"a":', '{"a":"1"}', "{a:1}", '["a"]'])("not in %s", (text) =>
  expect(answerIn(text, schema).ok).toBe(false),
);

test("nothing a model writes makes it throw", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("{", "}", '"', "\\", "a", ":", "1", " ") }),
      (text) => void answerIn(text, schema),
    ),
  );
});

test("of an answer that is cut off, the whole elements are there", () => {
  expect(elementsIn('{"list":[{"a":1},{"a":2},{"a":"no"},{"a":3', "list", schema, 9).whole).toEqual([
    { a: 1 },
    { a: 2 },
  ]);
  expect(elementsIn('{"list":', "list", schema, 9).whole).toEqual([]);
});

test("of an answer that repeats itself or never ends, each element is there once, and no more than were asked for", () => {
  const many = `{"list":[${Array.from({ length: 200 }, (_, a) => `{"a":${a % 5}}`).join()}`;
  expect(elementsIn(many, "list", schema, 3).whole).toEqual([{ a: 0 }, { a: 1 }, { a: 2 }]);
  expect(elementsIn(many, "list", schema, 9).whole).toHaveLength(5);
});

test("an answer of open braces alone is read at once", () => {
  const took = stopwatch();
  expect(elementsIn(`{"list":[${"{".repeat(200_000)}`, "list", schema, 3).whole).toEqual([]);
  expect(took()).toBeLessThan(200);
});

test("of an answer in which a model stutters so much is read and no more", () => {
  let read = 0;
  const element = z.object({ a: z.number() }).refine(() => {
    read += 1;
    return true;
  });
  const text = `{"list":[${'{"a":1},'.repeat(20_000)}`;
  expect(elementsIn(text, "list", element, 30).whole).toEqual([{ a: 1 }]);
  expect(read).toBeLessThanOrEqual(250);
});
