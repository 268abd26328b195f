import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { Instant, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { Purpose } from "../protocol/purposes.ts";
import { giveTo, ownerOf } from "./owner.ts";
import { namesOnDisk, onDisk, placeOf } from "./place.ts";

/**
 * Withdrawal: of a room's whole record, or by somebody who lets the sound of their turns be kept in a room, their words
 * be written down in a meeting, or either be used for another purpose in a room, no longer.
 */
export const Withdrawal = z.discriminatedUnion("what", [
  z.object({ what: z.literal("sound"), room: RoomId, who: ParticipantId, at: Instant }),
  z.object({ what: z.literal("purpose"), purpose: Purpose, room: RoomId, who: ParticipantId, at: Instant }),
  /** All that they said and wrote in the room until then is to be nowhere. */
  z.object({ what: z.literal("erasure"), room: RoomId, who: ParticipantId, at: Instant }),
  /** Nothing of the room's meetings until then is to be anywhere, whoever spoke. */
  z.object({ what: z.literal("room"), room: RoomId, at: Instant }),
  z.object({ what: z.literal("words"), meeting: MeetingId, who: ParticipantId, at: Instant }),
]);
export type Withdrawal = z.infer<typeof Withdrawal>;

/** Name of the file in a backup; beside a database it has that one's name before it. */
export const WITHDRAWN = "withdrawn.jsonl";

/** Many more lines than people who withdraw: somebody has switched to and fro. */
const MOST_LINES = 1_000;

/**
 * Withdrawals of people, in a file beside the database: a database that is restored knows what they agreed to, and not
 * that they have withdrawn since. A restore leaves this file where it is, and adds what the backup's has.
 */
export class Withdrawals {
  readonly #file: string;
  #known = NOTHING_READ;

  constructor(database: string) {
    this.#file = withdrawalsBeside(database);
    const all = read(this.#file);
    // A line added to one without an end would be lost with it.
    if (all.length > MOST_LINES || !endsWithLine(this.#file)) write(this.#file, lastOfEach(all));
  }

  add(withdrawal: Withdrawal): void {
    append(this.#file, withdrawal);
  }

  /**
   * The last of each kind and person. Of the file only what was added since is read: it is looked at every few seconds.
   */
  all(): Withdrawal[] {
    this.#known = readOn(this.#file, this.#known);
    return [...this.#known.last.values()];
  }
}

/** Read part of the file: so many bytes of the one with this number. */
type Known = { readonly inode: number; readonly bytes: number; readonly last: Map<string, Withdrawal> };

const NOTHING_READ: Known = { inode: 0, bytes: 0, last: new Map() };

/**
 * Reads whole lines that were added; one that is put in the place of the file, or is shorter, is read from its
 * beginning.
 */
function readOn(file: string, before: Known): Known {
  if (!existsSync(file)) return NOTHING_READ;
  const opened = openSync(file, "r");
  try {
    const { ino: inode, size } = fstatSync(opened);
    const known = inode === before.inode && size >= before.bytes ? before : { ...NOTHING_READ, last: new Map() };
    if (size === known.bytes) return { ...known, inode };
    const added = Buffer.alloc(size - known.bytes);
    const length = readSync(opened, added, 0, added.length, known.bytes);
    const end = added.subarray(0, length).lastIndexOf("\n") + 1;
    keepLast(known.last, parsed(added.toString("utf8", 0, end)));
    return { inode, bytes: known.bytes + end, last: known.last };
  } finally {
    closeSync(opened);
  }
}

/** Adds one beside a database with which a service may be working. */
export function addWithdrawal(database: string, withdrawal: Withdrawal): void {
  const file = withdrawalsBeside(database);
  append(file, withdrawal);
  giveTo(file, ownerOf(dirname(file)));
}

export function withdrawalsBeside(database: string): string {
  return `${placeOf(database)}-${WITHDRAWN}`;
}

function append(file: string, withdrawal: Withdrawal): void {
  appendFileSync(file, `${JSON.stringify(withdrawal)}\n`, { mode: 0o600, flush: true });
}

/** Merges, for a restore, withdrawals that either knows. */
export function mergeWithdrawals(backup: string, database: string): void {
  const [theirs, file] = [read(join(backup, WITHDRAWN)), withdrawalsBeside(database)];
  if (theirs.length > 0) write(file, lastOfEach([...theirs, ...read(file)]));
}

/** A line that was not written to its end says nothing, and takes no other with it. */
function read(file: string): Withdrawal[] {
  return existsSync(file) ? parsed(readFileSync(file, "utf8")) : [];
}

function parsed(lines: string): Withdrawal[] {
  return lines.split("\n").flatMap((line) => {
    try {
      return [Withdrawal.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

function endsWithLine(file: string): boolean {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text === "" || text.endsWith("\n");
}

function write(file: string, all: readonly Withdrawal[]): void {
  const fresh = `${file}.tmp`;
  writeFileSync(fresh, all.map((each) => `${JSON.stringify(each)}\n`).join(""), { mode: 0o600 });
  giveTo(fresh, ownerOf(dirname(file)));
  onDisk(fresh);
  renameSync(fresh, file);
  namesOnDisk(dirname(file));
}

function lastOfEach(all: readonly Withdrawal[]): Withdrawal[] {
  return [...keepLast(new Map(), all).values()];
}

function keepLast(last: Map<string, Withdrawal>, all: readonly Withdrawal[]): Map<string, Withdrawal> {
  for (const each of all) {
    const of = each.what === "words" ? each.meeting : each.room;
    const who = each.what === "room" ? null : each.who;
    const key = JSON.stringify([each.what, of, who, each.what === "purpose" ? each.purpose : null]);
    if (each.at >= (last.get(key)?.at ?? 0)) last.set(key, each);
  }
  return last;
}
