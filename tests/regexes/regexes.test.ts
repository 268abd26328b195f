import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { check, type Diagnostics } from "recheck";
import { expect, test } from "vitest";
import { cacheFolder } from "../../tools/setup/cache.ts";
import { BOUNDED } from "./bounded.ts";

type Found = { readonly at: string; readonly source: string; readonly flags: string };

const CHECKER = createRequire(import.meta.url)("recheck/package.json") as { readonly version: string };
const REMEMBER_EVERY_MS = 5_000;
const CACHE = join(cacheFolder(), `regexes-${CHECKER.version}.json`);

/**
 * Findings of earlier runs, which stay true for the same expression and the same checker: in this checkout or another,
 * only new ones are checked.
 */
function remembered(): Map<string, string | null> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(CACHE, "utf8")) as Record<string, string | null>));
  } catch {
    return new Map();
  }
}

/** Keeps findings for later runs, also for those that follow one that was cut short. */
function remember(findings: ReadonlyMap<string, string | null>): void {
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify(Object.fromEntries(findings)));
}

/**
 * Growth of an expression's time, with the text that shows it; null: linear. One that cannot be judged counts as
 * growing, and is judged anew by the next run: on a busy machine the time may have been too short for it.
 */
async function growthOf({ source, flags }: Found): Promise<{ growth: string | null; isJudged: boolean }> {
  const found: Diagnostics = await check(source, flags, { timeout: 240_000 });
  switch (found.status) {
    case "safe":
      return { growth: null, isJudged: true };
    case "vulnerable":
      return isQuick({ source, flags, text: found.attack.string })
        ? { growth: null, isJudged: true }
        : { growth: `${found.complexity.summary}, as by ${found.attack.pattern}`, isJudged: true };
    case "unknown":
      return { growth: `not known (${found.error.kind})`, isJudged: false };
  }
}

/**
 * Tells whether the worst text that the checker found is searched within two seconds of the processor's time: the
 * checker itself goes by the clock, and on a busy machine holds what grows harmlessly for growing.
 */
function isQuick(search: { readonly source: string; readonly flags: string; readonly text: string }): boolean {
  const script = 'ulimit -t 2; exec "$0" "$1"';
  const searches = resolve(import.meta.dirname, "searches.ts");
  return spawnSync("sh", ["-c", script, process.execPath, searches], { input: JSON.stringify(search) }).status === 0;
}

async function allExpressions(): Promise<Found[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve(import.meta.dirname, "list.ts")], {
    maxBuffer: 32 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Found[];
}

async function growingOf(expressions: readonly Found[]): Promise<(Found & { readonly growth: string })[]> {
  const known = remembered();
  const growing: (Found & { growth: string })[] = [];
  let rememberedAt = performance.now();
  for (const each of expressions) {
    const key = createHash("sha256").update(`${each.source}/${each.flags}`).digest("hex");
    const { growth, isJudged } = known.has(key)
      ? { growth: known.get(key) ?? null, isJudged: true }
      : await growthOf(each);
    if (isJudged) known.set(key, growth);
    if (growth !== null) growing.push({ ...each, growth });
    if (performance.now() - rememberedAt < REMEMBER_EVERY_MS) continue;
    remember(known);
    rememberedAt = performance.now();
  }
  remember(known);
  return growing;
}

const fileOf = ({ at }: Found) => at.replace(/:\d+$/, "");

test("no expression takes longer than a text is long, but for those that see short texts alone", {
  timeout: 900_000,
}, async () => {
  const expressions = await allExpressions();
  const growing = await growingOf(expressions);
  const isListed = (each: Found) =>
    BOUNDED.some(({ file, source }) => file === fileOf(each) && each.source.includes(source));
  const unknown = growing.filter((each) => !isListed(each));
  expect(unknown.map(({ at, source, growth }) => `${at} /${source.slice(0, 200)}/ ${growth.slice(0, 200)}`)).toEqual(
    [],
  );
  const outlived = BOUNDED.filter(
    ({ file, source }) => !expressions.some((each) => file === fileOf(each) && each.source.includes(source)),
  );
  expect(outlived, "stand in the list and no more in the code").toEqual([]);
});
