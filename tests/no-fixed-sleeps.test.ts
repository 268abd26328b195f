import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { sources } from "./imports.ts";

const ROOT = resolve(import.meta.dirname, "..");

/**
 * A wait for a time and not for a condition, in whichever way it is written; a game's own clock (`play.wait(60)`) is
 * none.
 */
const FIXED = /(?<![\w.])(?:wait|moment|sleep)\((?!\)|\w+: )|waitForTimeout\(|setTimeout\(resolve, (?!0\b)/;
const COMMENT = /^\s*(?:\/\/|\*\/|\/\*\*)/;

/** Lines that wait for a fixed time without the reason in a comment beside or right above them. */
function withoutReason(text: string): number[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) =>
    FIXED.test(line) && !/ \/\/ /.test(line) && !COMMENT.test(lines[at - 1] ?? "") ? [at + 1] : [],
  );
}

test("a wait for a fixed time has its reason beside it", () => {
  const files = ["appservice", "widget/src", "tests"]
    .flatMap((folder) => sources(resolve(ROOT, folder)))
    .map((file) => relative(ROOT, file))
    .filter((file) => /\.test\.tsx?$|^tests\/(?!bench\/)/.test(file) && !file.endsWith("no-fixed-sleeps.test.ts"));
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) =>
    withoutReason(readFileSync(resolve(ROOT, file), "utf8")).map((line) => `${file}:${line}`),
  );
  expect(found).toEqual([]);
});

test.each([
  "  await wait(500);",
  "  await page.waitForTimeout(600);",
  "await new Promise((resolve) => setTimeout(resolve, 2_500));",
])("without one it is found: %s", (line) => {
  expect(withoutReason(`const before = 1;\n${line}`)).toEqual([2]);
  expect(withoutReason(`  // That nothing comes of it.\n${line}`)).toEqual([]);
});
