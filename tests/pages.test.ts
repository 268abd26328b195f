import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { blocksOf } from "./support/page-blocks.ts";

/** The pages that lead an admin; tests/integration/pages.test.ts runs their commands. */
const PAGES = ["README.md", "docs/admin.md", "docs/backup.md"];
const shell = PAGES.flatMap((page) =>
  blocksOf(page)
    .filter(({ language }) => /^(ba)?sh\b/.test(language))
    .map((block) => ({ page, ...block })),
);

test("few commands of the pages are not run: what wants root, containers, or the whole of the tests", () => {
  const marked = shell.filter(({ language }) => language !== "sh").map(({ page, language }) => `${page} ${language}`);
  expect(marked).toEqual([
    "README.md sh apart",
    "README.md sh apart",
    "docs/admin.md sh docker",
    "docs/admin.md sh root",
    "docs/backup.md sh root",
  ]);
  expect(shell.filter(({ language }) => language === "sh").length).toBeGreaterThanOrEqual(7);
});

test.each(shell)("$page: a shell can read what stands there: $text", ({ text }) => {
  expect(spawnSync("bash", ["-n", "-c", text], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
});

test("no page has npx fetch a program of our name", () => {
  for (const { page, text } of shell) expect(text, page).not.toMatch(/npx (?!--no )/);
});
