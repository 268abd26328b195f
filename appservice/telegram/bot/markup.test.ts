import fc from "fast-check";
import { expect, test } from "vitest";
import { readHtml } from "../../../tests/support/telegram/html.ts";
import type { Line } from "../../language/line.ts";
import { LONGEST, messagesOf } from "./markup.ts";

test("lines look in Telegram as they do in the room", () => {
  const lines: Line[] = [
    { heading: "Ann · 1:04" },
    "We plant <three> trees & a hedge",
    [{ strong: "☐ Buy soil" }, " · ", "Bob", " · ", { small: "suggested" }],
    { item: "first" },
    [{ link: "task", href: "https://example.org/?a=1&b=2" }],
    [{ person: "@ann:example.org", name: "Ann" }, " has the word"],
  ];
  expect(messagesOf(lines)).toEqual([
    [
      "<b>Ann · 1:04</b>",
      "We plant &lt;three&gt; trees &amp; a hedge",
      "<b>☐ Buy soil</b> · Bob · <i>suggested</i>",
      "• first",
      '<a href="https://example.org/?a=1&amp;b=2">task</a>',
      "<b>Ann</b> has the word",
    ].join("\n"),
  ]);
});

test("nothing to be read makes no message", () => {
  expect(messagesOf([])).toEqual([]);
  expect(messagesOf([" ", ""])).toEqual([]);
});

const words = fc.string({ unit: fc.constantFrom("a", " ", "\n", "<", "&", "й", "🌳", "word "), maxLength: 9_000 });
const span = fc.oneof(
  words,
  words.map((strong) => ({ strong })),
  words.map((link) => ({ link, href: "https://example.org/" })),
);

test("whatever is said is read by Telegram, in messages that are short enough, and whole", () => {
  fc.assert(
    fc.property(fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 4 }), (lines) => {
      const read = messagesOf(lines).map((html) => readHtml(html).text);
      for (const text of read) expect(text.length).toBeLessThanOrEqual(LONGEST);
      const wanted = lines.map((line) =>
        line.map((each) => (typeof each === "string" ? each : "strong" in each ? each.strong : each.link)).join(""),
      );
      const bare = (text: string) => text.replaceAll(/\s/g, "");
      expect(bare(read.join(""))).toBe(bare(wanted.join("")));
    }),
    { numRuns: 60 },
  );
});
