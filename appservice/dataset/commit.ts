import { card } from "./card.ts";
import { CHECKSUMS, checksumsText } from "./checksums.ts";
import { croissant } from "./croissant.ts";
import { BUILD_FILE, type BuildFile, type StandingDataset } from "./standing.ts";
import type { DatasetTarget } from "./target.ts";
import type { WrittenDataset } from "./write-dataset.ts";

type CommitDeps = { readonly target: DatasetTarget; readonly now: () => number; readonly signal: AbortSignal };

/** Files that say of a version which one it is: they are others with each version. */
const OF_VERSION = new Set(["README.md", "croissant.json", BUILD_FILE, "withdrawn.jsonl", CHECKSUMS]);

/**
 * Makes a new version of what was written: its texts, and last of all the list of its files, by which it is known to be
 * whole. What belongs to no version any more goes after that. A set that is as it was stays as it is.
 */
export async function commit(
  { staged, sums, gone, build, figures, standing }: WrittenDataset & { readonly standing: StandingDataset },
  { target, now, signal }: CommitDeps,
): Promise<{ readonly version: number; readonly changed: boolean }> {
  const rows = new Map([...sums, ...staged.finished().map(({ path, sha256 }) => [path, sha256] as const)]);
  const before = standing.build?.version ?? 0;
  if (gone.length === 0 && before > 0 && isSame(rows, standing)) return { version: before, changed: false };
  const [version, at] = [before + 1, new Date(now()).toISOString()];
  for (const id of gone) staged.add("withdrawn.jsonl", `${JSON.stringify({ id, since: `${version}.0.0`, at })}\n`);
  const whole = { ...figures, version, at };
  staged.add("croissant.json", croissant(whole, staged.finished()));
  staged.add("README.md", card(whole));
  const file: BuildFile = { ...build, version, at };
  staged.add(BUILD_FILE, `${JSON.stringify(file, null, 1)}\n`);
  const files = staged.finished();
  const all = new Map([...sums, ...files.map(({ path, sha256 }) => [path, sha256] as const)]);
  // Without its list it is no version, until all of the next one is there.
  await target.remove([CHECKSUMS], signal);
  for (const { path, file: from, sha256 } of files) {
    signal.throwIfAborted();
    const there = standing.there.has(path) && standing.sums.get(path) === sha256;
    if (!there) await target.put(path, { file: from }, signal);
  }
  await target.put(CHECKSUMS, { bytes: Buffer.from(checksumsText(all)) }, signal);
  const left = [...standing.there.keys()].filter((path) => !all.has(path) && path !== CHECKSUMS);
  if (left.length > 0) await target.remove(left, signal);
  return { version, changed: true };
}

function isSame(rows: ReadonlyMap<string, string>, { sums, there }: StandingDataset): boolean {
  const [wanted, has] = [rows, sums].map((all) => [...all].filter(([path]) => !OF_VERSION.has(path)));
  if (wanted?.length !== has?.length || !there.has(CHECKSUMS)) return false;
  return (
    wanted?.every(([path, sum]) => sums.get(path) === sum && there.has(path)) === true &&
    [...there.keys()].every((path) => path === CHECKSUMS || sums.has(path))
  );
}
