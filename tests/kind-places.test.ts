import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { sources } from "./imports.ts";

const ROOT = resolve(import.meta.dirname, "..");
const FOLDERS = ["appservice/circle/kinds", "widget/src/parts/circle/kinds"];
/** Each side's list of the kinds. */
const LISTS = ["appservice/circle/kinds/words.ts", "widget/src/parts/circle/kinds/kinds.ts"];
const isCatalogue = (file: string) => /^(?:appservice|widget\/src)\/language\/[a-z-]+\.ts$/.test(file);

/** Names by which code could tell this kind from others: its own, and those of its stages, commands and events. */
const NAMES = {
  "dot-vote": ["dot-vote", "dotVote", "grouping", "voting", "group-texts", "give-dots", "texts-grouped", "dots-given"],
  consent: ["consentWords", "position-taken"],
  "silent-writing": ["silent-writing", "silentWriting", "text-written", "texts-shown"],
  "open-floor": ["open-floor", "openFloor"],
} as const;

const code = [...sources(resolve(ROOT, "appservice")), ...sources(resolve(ROOT, "widget/src"))].filter(
  (file) => !/\.test\.tsx?$|\/testing\//.test(file),
);

/**
 * Files beside a kind's two folders, its side's lists and the catalogues that have one of its names in quotation marks,
 * or bare.
 */
function placesOf(kind: keyof typeof NAMES): string[] {
  const named = new RegExp(NAMES[kind].map((name) => (name.includes("-") ? `"${name}"` : `\\b${name}\\b`)).join("|"));
  return code
    .map((file) => relative(ROOT, file))
    .filter((file) => !FOLDERS.some((folder) => file.startsWith(`${folder}/${kind}/`)))
    .filter((file) => !LISTS.includes(file) && !isCatalogue(file))
    .filter((file) => named.test(withoutComments(readFileSync(resolve(ROOT, file), "utf8"))));
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

test.each(Object.keys(NAMES) as (keyof typeof NAMES)[])(
  "%s is known by name in its two folders, the two lists and the catalogues alone",
  (kind) => {
    expect(placesOf(kind)).toEqual([]);
  },
);

test("the lists, and what is looked for, are there", () => {
  for (const list of LISTS) expect(readFileSync(resolve(ROOT, list), "utf8")).toContain('"dot-vote"');
  expect(code.length).toBeGreaterThan(700);
});
