import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { circlesAmong, sources } from "./imports.ts";

const PROJECT = resolve(import.meta.dirname, "..");

/** Types count: whoever reads a file has to read what it takes in, and so on. */
test.each(["appservice", "widget/src", "widget/dev", "tools", "tests"])(
  "no files of %s import one another in a circle",
  (folder) => {
    const files = sources(join(PROJECT, folder));
    expect(files.length).toBeGreaterThan(5);
    const circles = circlesAmong(files);
    expect(circles.map((circle) => circle.map((file) => relative(PROJECT, file)))).toEqual([]);
  },
);

test("a circle of files would be found", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-circle-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.ts"), 'import "./b.ts";\n');
  writeFileSync(join(folder, "b.ts"), 'import type { C } from "./c.ts";\nimport "./d.ts";\n');
  writeFileSync(join(folder, "c.ts"), 'import { b } from "./b.ts";\n');
  writeFileSync(join(folder, "d.ts"), "export {};\n");
  expect(circlesAmong(sources(folder))).toEqual([[join(folder, "b.ts"), join(folder, "c.ts")]]);
});
