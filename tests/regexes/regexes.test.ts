import { execFile } from "node:child_process";
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

/**
 * Growth of an expression's time, with the text that shows it; null: linear. One that cannot be judged counts as
 * growing.
 */
async function growthOf({ source, flags }: Found): Promise<string | null> {
  const found: Diagnostics = await check(source, flags, { timeout: 30_000 });
  if (found.status === "safe") return null;
  return found.status === "vulnerable"
    ? `${found.complexity.summary}, as by ${found.attack.pattern}`
    : `not known (${found.error.kind})`;
}

async function allGrowing(): Promise<(Found & { readonly growth: string })[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve(import.meta.dirname, "list.ts")], {
    maxBuffer: 32 * 1024 * 1024,
  });
  const known = remembered();
  const kept = new Map<string, string | null>();
  const growing: (Found & { growth: string })[] = [];
  for (const each of JSON.parse(stdout) as Found[]) {
    const key = createHash("sha256").update(`${each.source}/${each.flags}`).digest("hex");
    const growth = kept.get(key) ?? known.get(key) ?? (kept.has(key) || known.has(key) ? null : await growthOf(each));
    kept.set(key, growth);
    if (growth !== null) growing.push({ ...each, growth });
  }
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify(Object.fromEntries([...known, ...kept])));
  return growing;
}

const fileOf = ({ at }: Found) => at.replace(/:\d+$/, "");

test("no expression takes longer than a text is long, but for those that see short texts alone", {
  timeout: 300_000,
}, async () => {
  const growing = await allGrowing();
  const unknown = growing.filter(
    (each) => !BOUNDED.some(({ file, source }) => file === fileOf(each) && each.source.includes(source)),
  );
  expect(unknown.map(({ at, source, growth }) => `${at} /${source.slice(0, 200)}/ ${growth.slice(0, 200)}`)).toEqual(
    [],
  );
  const outlived = BOUNDED.filter(
    ({ file, source }) => !growing.some((each) => file === fileOf(each) && each.source.includes(source)),
  );
  expect(outlived, "stand in the list and need not").toEqual([]);
});
