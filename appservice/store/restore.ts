import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { BackupUnusable, DATABASE, FOLDERS, readBackup, WORD_KEYS, wholeOrNot } from "./backup.ts";
import { DatabaseUnusable } from "./database.ts";
import { mountedAlone } from "./mounted.ts";
import { giveTo, ownerOf } from "./owner.ts";
import { namesOnDisk, onDisk, placeOf } from "./place.ts";
import { mergeWithdrawals } from "./withdrawals.ts";
import { mergeKeys } from "./word-keys.ts";

/**
 * Written down once all that is new lies beside the old, whole: from then on a restore can only go forward. It holds
 * names alone, for a container may know the folder by another path.
 */
const Plan = z.object({
  madeBy: z.literal("mindminder"),
  /** The folder for what was there. */
  aside: z.string().regex(/^before-restore-[\w-]+$/),
  /** Parts that the backup has. */
  brings: z.array(z.enum(["database", ...FOLDERS])),
});
type Plan = z.infer<typeof Plan>;

/**
 * Exchange of a file or folder: the one that stands in a place goes aside; the one beside it, if the backup has it (by
 * that name), takes the place. All three are in one folder, so that renames do it.
 */
type Swap = { readonly stands: string; readonly aside: string; readonly fresh: string | null; readonly named: string };

/** Called before each step, for tests to interrupt it there. */
type BeforeStep = (step: string) => void;

const FRESH = "-restoring";
const ASIDE = "before-restore-";

/**
 * Puts a backup in the database's place. The old one is moved aside, never deleted; returns where it went. Interrupted
 * at any point, it has changed nothing, or is carried on by `finishRestore`: the backup is copied beside the old and
 * looked at there, then a plan of renames is written down, then they are done.
 */
export function restore(from: string, database: string, now: number, before: BeforeStep = () => {}): string | null {
  readBackup(from);
  mkdirSync(dirname(database), { recursive: true, mode: 0o700 });
  finishRestore(database, before);
  const plan: Plan = {
    madeBy: "mindminder",
    aside: `${ASIDE}${new Date(now).toISOString().replace(/[:.]/g, "-")}`,
    brings: ["database", ...FOLDERS.filter((name) => existsSync(join(from, name)))],
  };
  const swaps = swapsOf(plan, database);
  refuseMounts(swaps);
  try {
    for (const { stands, fresh, named } of swaps) if (fresh) bringBeside(join(from, named), { stands, fresh }, before);
    // These files only ever learn: half a restore leaves nothing wrong.
    mergeWithdrawals(from, database);
    mergeKeys(join(from, WORD_KEYS), database);
  } catch (error) {
    for (const path of leftBeside(database)) rmSync(path, { recursive: true, force: true });
    throw error;
  }
  before("write the plan");
  writePlan(database, plan);
  return carryOut(database, plan, before);
}

/**
 * Carries on an interrupted restore. Afterwards the database is the old or the new one, whole; returns the sentence to
 * be said of it, null if nothing was interrupted.
 */
export function finishRestore(database: string, before: BeforeStep = () => {}): string | null {
  const plan = readPlan(database);
  if (plan) {
    const aside = carryOut(database, plan, before);
    return `${database}: a restore had been interrupted; it is finished now.${aside ? ` What was there before lies in ${aside}.` : ""}`;
  }
  const left = leftBeside(database);
  for (const path of left) rmSync(path, { recursive: true, force: true });
  return left.length > 0
    ? `${database}: a restore was interrupted before it had changed anything; all is as it was. Run “mindminder restore” again if it is still wanted.`
    : null;
}

/** Copies that were never put in place. */
function leftBeside(database: string): string[] {
  const file = placeOf(database);
  const copies = [file, ...FOLDERS.map((name) => placeOf(join(dirname(database), name)))].map(besides);
  return [...copies, ...opened(besides(file)), `${planFile(database)}.tmp`].filter((path) => existsSync(path));
}

/** Refuses a half-restored database, for those who only read and must not finish what another began. */
export function refuseHalfRestored(database: string): void {
  if (!existsSync(dirname(database)) || !existsSync(planFile(database))) return;
  throw new DatabaseUnusable(
    `${database}: a restore was interrupted. Run “mindminder restore” again, or start the service: either finishes it.`,
  );
}

/** Refuses to begin anew where there is no database and an earlier one lies aside: an empty one would only hide it. */
export function refuseToBeginAnew(database: string): void {
  if (!existsSync(dirname(database)) || (statSync(database, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  const folder = dirname(placeOf(database));
  const aside = readdirSync(folder)
    .sort()
    .findLast((name) => name.startsWith(ASIDE) && existsSync(join(folder, name, basename(placeOf(database)))));
  if (aside === undefined) return;
  throw new DatabaseUnusable(
    `${database}: is empty or not there, and ${join(folder, aside)} holds the one that was: a restore was interrupted, or the restored one is lost. ` +
      `Run “mindminder restore” with a backup, or move back what lies in ${aside}. To begin with an empty database, move ${aside} to another folder.`,
  );
}

function swapsOf({ aside, brings }: Plan, database: string): Swap[] {
  const swap = (stands: string, named: string, isNew: boolean): Swap => ({
    stands,
    named,
    aside: join(dirname(stands), aside, basename(stands)),
    fresh: isNew ? besides(stands) : null,
  });
  const file = placeOf(database);
  return [
    ...opened(file).map((path) => swap(path, "", false)),
    swap(file, DATABASE, true),
    ...FOLDERS.map((name) => swap(placeOf(join(dirname(database), name)), name, brings.includes(name))),
  ];
}

/** Refuses places that are mounted by themselves and cannot be moved aside, before anything is touched. */
function refuseMounts(swaps: readonly Swap[]): void {
  const mounted = swaps.find(({ stands }) => mountedAlone(stands));
  if (mounted)
    throw new BackupUnusable(
      `${mounted.stands}: is mounted by itself, and can therefore not be moved aside. Mount the folder in which it lies, or restore where it is not mounted.`,
    );
}

function bringBeside(from: string, { stands, fresh }: { stands: string; fresh: string }, before: BeforeStep): void {
  before(`copy ${basename(stands)}`);
  rmSync(fresh, { recursive: true, force: true });
  cpSync(from, fresh, { recursive: true });
  before(`look at ${basename(stands)}`);
  if (basename(from) === DATABASE) {
    chmodSync(fresh, 0o600);
    wholeOrNot(fresh);
    for (const path of opened(fresh)) rmSync(path, { force: true });
  }
  giveTo(fresh, ownerOf(dirname(stands)));
  onDisk(fresh);
  namesOnDisk(dirname(fresh));
}

function carryOut(database: string, plan: Plan, before: BeforeStep): string | null {
  for (const { stands, aside, fresh } of swapsOf(plan, database)) {
    // Done already, before it was interrupted.
    if (fresh !== null && !existsSync(fresh)) continue;
    if (existsSync(stands)) moveAside(stands, aside, before);
    if (fresh === null) continue;
    before(`put ${basename(stands)} in place`);
    renameSync(fresh, stands);
    namesOnDisk(dirname(stands));
  }
  before("strike the plan");
  rmSync(planFile(database));
  namesOnDisk(dirname(planFile(database)));
  const aside = join(dirname(placeOf(database)), plan.aside);
  return existsSync(aside) ? aside : null;
}

function moveAside(stands: string, aside: string, before: BeforeStep): void {
  before(`move ${basename(stands)} aside`);
  mkdirSync(dirname(aside), { recursive: true, mode: 0o700 });
  giveTo(dirname(aside), ownerOf(dirname(stands)));
  renameSync(stands, aside);
  for (const folder of [dirname(aside), dirname(stands)]) namesOnDisk(folder);
}

function writePlan(database: string, plan: Plan): void {
  const file = planFile(database);
  writeFileSync(`${file}.tmp`, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
  giveTo(`${file}.tmp`, ownerOf(dirname(file)));
  onDisk(`${file}.tmp`);
  renameSync(`${file}.tmp`, file);
  namesOnDisk(dirname(file));
}

function readPlan(database: string): Plan | null {
  const file = planFile(database);
  if (!existsSync(file)) return null;
  try {
    return Plan.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new DatabaseUnusable(
      `${file}: says that a restore was interrupted, and cannot be read (${String(error)}). Put back by hand what lies in the newest ${ASIDE}… beside it, remove this file, and run “mindminder restore” again.`,
      { cause: error },
    );
  }
}

function planFile(database: string): string {
  return `${placeOf(database)}-restore.json`;
}

function besides(place: string): string {
  return `${place}${FRESH}`;
}

/** Files that reading a database leaves beside it. */
function opened(file: string): string[] {
  return ["-wal", "-shm"].map((end) => `${file}${end}`);
}
