import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const page = readFileSync(resolve(ROOT, "docs/security.md"), "utf8");
const tables = page.split("\n\n").filter((block) => block.startsWith("| threat |"));
const rows = tables.flatMap((table) => table.trim().split("\n").slice(2));

test("each threat names what stands against it, and a test that exists", () => {
  expect(rows.length).toBeGreaterThan(30);
  const wrong = rows.flatMap((row) => {
    const [, file = "", name = ""] = /`([\w./-]+\.test\.ts)` “([^”]+)” \|$/.exec(row) ?? [];
    const path = resolve(ROOT, file);
    if (!file || !existsSync(path)) return [`no test: ${row}`];
    return readFileSync(path, "utf8").includes(name) ? [] : [`${file} has no “${name}”`];
  });
  expect(wrong).toEqual([]);
});
