import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cached } from "./cache.ts";
import { quiet } from "./progress.ts";

const job = { name: "Thing", doing: "Making a thing", usually: "at once" };
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "mindminder-cache-"));
  vi.stubEnv("MINDMINDER_CACHE", cache);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cache, { recursive: true });
});

const make = (content: string) => cached("thing", quiet, job, ({ folder }) => writeFile(join(folder, "file"), content));

test("a thing is made once, in the folder that the variable names", async () => {
  const place = await make("first");
  expect(await make("second")).toBe(place);
  expect(place).toBe(join(cache, "thing"));
  expect(await readFile(join(place, "file"), "utf8")).toBe("first");
});

test("what failed half-way is not there, and can be tried again", async () => {
  const failing = cached("thing", quiet, job, async ({ folder }) => {
    await writeFile(join(folder, "half"), "");
    throw new Error("no network");
  });
  await expect(failing).rejects.toThrow("no network");
  expect(await readdir(cache)).toEqual([]);
  expect(existsSync(join(await make("whole"), "half"))).toBe(false);
});

test("what a killed run left behind is thrown away", async () => {
  const noSuchProcess = 2 ** 22 + 1;
  await mkdir(join(cache, `thing.unfinished-${noSuchProcess}`));
  await make("whole");
  expect(await readdir(cache)).toEqual(["thing"]);
});

test("a run that is at it already is waited for", async () => {
  const other = join(cache, `thing.unfinished-${process.ppid}`);
  await mkdir(other);
  const said = vi.fn();
  const build = vi.fn();
  const waiting = cached("thing", { ...quiet, say: said }, job, build);
  await expect.poll(() => said).toHaveBeenCalledWith("Thing: another run is at it already; waiting for that one.");
  await mkdir(join(cache, "thing"));
  await rm(other, { recursive: true });
  expect(await waiting).toBe(join(cache, "thing"));
  expect(build).not.toHaveBeenCalled();
});
