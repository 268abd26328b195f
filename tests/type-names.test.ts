import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { CODE_WORDS } from "../tools/code-words.ts";

const ROOT = resolve(import.meta.dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : sources(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const files = ["appservice", "widget/src"].flatMap((folder) => sources(join(ROOT, folder)));
const named = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/^export (?:abstract )?(?:type|class) ([A-Z]\w*)/gm)].map(
    ([, name = ""]): [string, string] => [name, relative(ROOT, file)],
  ),
);

test("one name, one type: exported types have names of their own over service and widget", () => {
  const homes = Object.entries(Object.groupBy(named, ([name]) => name)).map(
    ([name, places = []]): [string, string[]] => [name, [...new Set(places.map(([, file]) => file))]],
  );
  expect(homes.length).toBeGreaterThan(500);
  const shared = homes
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => `${name}: ${places.join(", ")}`);
  expect(shared).toEqual([]);
});

test("no type shadows one that the language has", () => {
  const GLOBALS = ["Record", "Promise", "Map", "Set", "Proxy", "Event", "Error", "Request", "Response", "Node", "Text"];
  expect(named.filter(([name]) => GLOBALS.includes(name)).map((each) => each.join(": "))).toEqual([]);
});

test("each word of the code is at home where docs/words.md says", () => {
  const lost = CODE_WORDS.filter(
    ({ name, file }) => !named.some(([one, home]) => one === name && home === `appservice/${file}`),
  );
  expect(lost.map(({ name, file }) => `${name}: ${file}`)).toEqual([]);
});
