import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { GENERATED } from "./generated.ts";

const ROOT = resolve(import.meta.dirname, "..");

test.each(GENERATED)("%s is as the code makes it; “npm run generate” writes it anew", (file, content) => {
  expect(readFileSync(resolve(ROOT, file), "utf8")).toBe(content());
});
