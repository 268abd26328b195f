import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { mended } from "../protocol/well-formed.ts";
import { jsonInParts } from "./json-in-parts.ts";
import { atOnce } from "./parts-of-work.ts";

/** Most that a homeserver lets through (Client-Server API, "Size limits"): many values in few bytes. */
const CRAFTED = [
  `[${"1,".repeat(30_000)}1]`,
  `[${"{},".repeat(20_000)}{}]`,
  `[${'"]},{[\\\\",'.repeat(5_000)}""]`,
  `{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":{"a":"\\""}`)}}`,
];
const transaction = (event: string) => `{"events": [${Array.from({ length: 20 }, () => event)}],"e":{"x":[ ]}}`;

test.each(CRAFTED)("twenty events of 60 kB are read as they are, and not in one piece: %.12s", (event) => {
  const json = transaction(event);
  const parse = vi.spyOn(JSON, "parse");
  const parts = jsonInParts(Buffer.from(json));
  let turns = 0;
  let read = parts.next();
  for (; !read.done; read = parts.next()) turns++;
  const longest = Math.max(...parse.mock.calls.map(([text]) => text.length));
  parse.mockRestore();
  expect(longest).toBeLessThanOrEqual(2 * 128 * 1024);
  expect(turns).toBeGreaterThanOrEqual(json.length / (2 * 128 * 1024));
  expect(JSON.stringify(read.value)).toBe(JSON.stringify(JSON.parse(json)));
});

test("what is long is mended as what is short", () => {
  const long = `"${"я".repeat(90_000)}"`;
  const json = String.raw`{"toJSON":${long}, "__proto__":[${long}],"kept \"{":[${long},{"a":"\ud83e","valueOf":1}],"a":"\u202e"}`;
  const read = atOnce(jsonInParts(Buffer.from(json)));
  expect(read).toEqual(mended(JSON.parse(json)));
  expect(Object.keys(read as object)).toEqual(['kept "{', "a"]);
});

const filler = "x".repeat(140_000);
test.each([
  "",
  "[",
  `["${filler}"`,
  `["${filler}",]`,
  `["${filler}",,1]`,
  `["${filler}" 1]`,
  `["${filler}"}`,
  `["${filler}"]]`,
  `["${filler}`,
  `["${filler}\\`,
  `{"a":"${filler}",}`,
  `{"a" "${filler}"}`,
  `{"${filler}"}`,
  `{"a":["${filler}"}`,
  `[${"[".repeat(140_000)}${"]".repeat(140_000)}]`,
  `${filler}`,
])("what is no JSON, or is deeper than any, is refused (%#)", (json) => {
  expect(() => atOnce(jsonInParts(Buffer.from(json)))).toThrow(SyntaxError);
});

test("whatever is JSON is read as by JSON.parse", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat({ max: 3 }), (json, blanks) => {
      const padded = `${" ".repeat(blanks)}{"a":[${json},"${filler}",${json} ],"b":${json}}\n`;
      expect(atOnce(jsonInParts(Buffer.from(padded)))).toEqual(mended(JSON.parse(padded)));
    }),
    { numRuns: 50 },
  );
});
