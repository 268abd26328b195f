import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const APPSERVICE = resolve(import.meta.dirname, "../appservice");

/** Reads the rooms' state, and is asked by the admission alone. */
const FACTS = "room/room-facts.ts";
const ADMISSION = "admission/matrix.ts";

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /(?<!\.test)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** Code alone: a comment asks nobody. */
const textOf = (file: string) => readFileSync(file, "utf8").replace(/^\s*(\/\/|\/?\*).*$/gm, "");

test("Matrix is asked who is a member, who moderates and what they are called by its own admission alone", () => {
  const asking = sources(APPSERVICE)
    .filter((file) => /\.(isJoined|isModerator)\(|\bfacts\.nameOf\b/.test(textOf(file)))
    .map((file) => relative(APPSERVICE, file))
    .filter((file) => file !== FACTS);
  expect(asking).toEqual([ADMISSION]);
});

test("the admission's Matrix file is imported by the list of issuers, and by nobody else", () => {
  const importing = sources(APPSERVICE)
    .filter((file) => /from "[^"]*admission\/matrix\.ts"|from "\.\/matrix\.ts"/.test(textOf(file)))
    .map((file) => relative(APPSERVICE, file));
  expect(importing).toEqual(["admission/issuers.ts"]);
});
