import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DatabaseUnusable, openDatabase } from "./database.ts";

function written(): string {
  const file = join(mkdtempSync(join(tmpdir(), "mindminder-")), "mindminder.db");
  const db = openDatabase(file);
  const insert = db.prepare("INSERT INTO inbox (event_id, body, received_at) VALUES (?, ?, 0)");
  for (let n = 0; n < 200; n++) insert.run(`$${n}`, "x".repeat(500));
  db.close();
  return file;
}

function refusalOf(file: string): string {
  try {
    openDatabase(file).close();
    return "opened";
  } catch (error) {
    expect(error).toBeInstanceOf(DatabaseUnusable);
    return (error as Error).message;
  }
}

test.each([
  ["in the middle", (bytes: Buffer) => bytes.fill(0xa5, 40_000, 60_000)],
  ["at its beginning", (bytes: Buffer) => bytes.fill(0xa5, 0, 4_096)],
  ["cut off", (bytes: Buffer) => bytes.subarray(0, 50_000)],
  ["cut off to nothing", (bytes: Buffer) => bytes.subarray(0, 0)],
])("a file that is damaged %s is refused with its name and the remedy, and stays as it is", (_, damage) => {
  const file = written();
  writeFileSync(file, damage(readFileSync(file)));
  const before = readFileSync(file);
  expect(refusalOf(file)).toMatch(new RegExp(`^${file.replaceAll(".", "\\.")}: .*mindminder restore`));
  expect(readFileSync(file).equals(before)).toBe(true);
});

const UNSHARE = spawnSync("unshare", ["-rm", "true"]).status === 0;

test.skipIf(!UNSHARE)(
  "a file that is mounted by itself, as a container may be given it, is refused in words: what belongs to it would lie elsewhere",
  () => {
    const file = written();
    const elsewhere = join(mkdtempSync(join(tmpdir(), "mindminder-mounted ")), "mindminder.db");
    writeFileSync(elsewhere, "");
    const mounted = (path: string) =>
      spawnSync(
        "unshare",
        [
          "-rm",
          "bash",
          "-c",
          'mount --bind "$1" "$2" && exec "$3" --input-type=module -e "$4"',
          "bash",
          file,
          elsewhere,
          process.execPath,
          `(await import(${JSON.stringify(join(import.meta.dirname, "mounted.ts"))})).refuseMountedFile(${JSON.stringify(path)})`,
        ],
        { encoding: "utf8" },
      );
    expect(mounted(elsewhere)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${elsewhere}: is mounted by itself. Mount the folder in which it lies`),
    });
    expect(mounted(file)).toMatchObject({ status: 0, stderr: "" });
  },
);
