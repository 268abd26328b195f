import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { examineConfig } from "./load-config.ts";

/** Keys of the configuration with which something is wrong, where this is its section `dataset.targets`. */
function wrongKeys(targets: object, files: readonly string[] = []): string[] {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-targets-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) writeFileSync(join(folder, file), "a-secret");
  writeFileSync(join(folder, "config.yaml"), stringify({ dataset: { targets } }));
  return examineConfig(join(folder, "config.yaml"))
    .problems.map(({ key }) => key)
    .filter((key) => key.startsWith("dataset"));
}

const BUCKET = {
  type: "s3",
  endpoint: "https://s3.example.org",
  bucket: "circles",
  accessKeyFile: "access",
  secretKeyFile: "secret",
};

test("a key of a bucket that is not there is found before anything is built", () => {
  expect(wrongKeys({ open: BUCKET }, ["access"])).toEqual(["dataset.targets.open.secretKeyFile"]);
  expect(wrongKeys({ open: BUCKET }, ["access", "secret"])).toEqual([]);
});

test.each([
  ["a kind of place that there is not", { ...BUCKET, type: "ftp" }],
  ["a purpose that nobody is asked about", { ...BUCKET, purpose: "sell" }],
  ["a beginning of names that is no folder", { ...BUCKET, prefix: "sets" }],
])("%s is refused", (_, target) => {
  expect(wrongKeys({ open: target }, ["access", "secret"]).length).toBeGreaterThan(0);
});
