/**
 * Prints every regular expression of the project as JSON: those that stand in its text, and those that it builds when
 * it is loaded.
 */
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseSync, Visitor } from "vite";
import { personId } from "../support/protocol/ids.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const found: { at: string; source: string; flags: string }[] = [];

const isShipped = (file: string) => !/\.test\./.test(file);
const files = globSync(["appservice/**/*.ts", "widget/{src,dev}/**/*.{ts,tsx}", "tools/**/*.ts"], { cwd: ROOT })
  .filter(isShipped)
  .toSorted();

for (const file of files) {
  const text = readFileSync(resolve(ROOT, file), "utf8");
  const visitor = new Visitor({
    Literal(node) {
      if ("regex" in node)
        found.push({
          at: `${file}:${text.slice(0, node.start).split("\n").length}`,
          source: node.regex.pattern,
          flags: node.regex.flags,
        });
    },
  });
  visitor.visit(parseSync(file, text).program);
}

const Built = RegExp;
globalThis.RegExp = new Proxy(Built, {
  construct(target, given: [pattern: string | RegExp, flags?: string]) {
    const caller =
      (new Error().stack ?? "")
        .split("\n")
        .slice(2)
        .find((line) => !line.includes("<anonymous>")) ?? "";
    const at = /\/((?:appservice|tools)\/[^)]+?):\d+\)?$/.exec(caller)?.[1];
    const expression = new target(...given);
    if (at !== undefined && !caller.includes("node_modules"))
      found.push({ at, source: expression.source, flags: expression.flags });
    return expression;
  },
});
// Files that begin to work when they are loaded are left out: they would start a service.
const begins = (file: string) =>
  /\b(?:parentPort|program\.parse|process\.on\("message")/.test(readFileSync(resolve(ROOT, file), "utf8"));
for (const file of files.filter((each) => each.startsWith("appservice/") && !begins(each)))
  await import(pathToFileURL(resolve(ROOT, file)).href);

// Some are built for the people of a meeting.
const { findTasks } = await import("../../appservice/minutes/tasks/find-tasks.ts");
const { utterance } = await import("../support/minutes/utterance.ts");
const people = [
  { id: personId("@ann:hs"), name: "Ann" },
  { id: personId("@boris:hs"), name: "Борис" },
];
const said = ["Ann will send it by Friday.", "Борис пришлёт отчёт к двадцать первому марта."].map((text) =>
  utterance({ text }),
);
findTasks({ utterances: said, people, timeZone: "UTC" });

process.stdout.write(JSON.stringify(found), () => process.exit(0));
