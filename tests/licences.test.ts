import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      license: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
    }),
  ),
});
const { packages } = Lock.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, "../package-lock.json"), "utf8")));
const fetched = Object.entries(packages).filter(([path, { link }]) => path.startsWith("node_modules/") && !link);

/**
 * Licences that let a product under Apache-2.0 take the package along, changed or not. MPL-2.0 is of files: we change
 * none of theirs. OFL-1.1 is of fonts.
 */
const TAKEN_ALONG = new Set([
  "MIT",
  "Apache-2.0",
  "MIT OR Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  "Unlicense",
  "BlueOak-1.0.0",
  "MPL-2.0",
  "OFL-1.1",
  "MIT AND OFL-1.1",
  "(AFL-2.1 OR BSD-3-Clause)",
  "(Apache-2.0 AND BSD-3-Clause)",
]);
/**
 * Used to test, and not taken along: reads the Ogg files that the synthetic voices lie in; a table of browsers, which
 * comes with what makes mutants.
 */
const IN_TESTS_ALONE: Readonly<Record<string, string>> = {
  "node_modules/codec-parser": "LGPL-3.0-or-later",
  "node_modules/caniuse-lite": "CC-BY-4.0",
};

test("what the product takes along is under licences that allow it", () => {
  const wrong = fetched
    .filter(([, { dev }]) => !dev)
    .filter(([, { license }]) => license === undefined || !TAKEN_ALONG.has(license));
  expect(wrong.map(([path, { license }]) => `${path}: ${license ?? "no licence named"}`)).toEqual([]);
});

test("what only builds and tests use is under such licences, too, but for what is named here", () => {
  const wrong = fetched.filter(
    ([path, { dev, license }]) => dev && !TAKEN_ALONG.has(license ?? "") && IN_TESTS_ALONE[path] !== license,
  );
  expect(wrong.map(([path, { license }]) => `${path}: ${license ?? "no licence named"}`)).toEqual([]);
});

test("every package is pinned by its hash, and none comes from anywhere but the registry that npm is set to", () => {
  const loose = fetched.filter(
    ([, { integrity, resolved }]) => !integrity?.startsWith("sha512-") || resolved !== undefined,
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});
