import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadKept } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { Journal } from "../journal/journal.ts";
import { ParticipantId, RoomId } from "../protocol/identity.ts";
import { DatabaseUnusable, openDatabase } from "../store/database.ts";
import { holdDatabase } from "../store/database-lock.ts";
import { type Erasure, Erasures } from "../store/erasures.ts";
import { refuseHalfRestored } from "../store/restore.ts";
import { addWithdrawal } from "../store/withdrawals.ts";
import { monotonic, sleep, wallClock } from "../time/time.ts";

export type EraseOptions = { readonly config: string; readonly person: string; readonly room?: string };

/** A running service looks every ten seconds, and a room takes moments. */
const WAITS_MS = 60_000;
const LOOKS_EVERY_MS = 500;

/**
 * Notes down that all words of a person are to be erased, in a room or in all. The service does it, since it alone can
 * take them out of the rooms: one that runs does so now, another with its next start.
 */
export async function erase(options: EraseOptions): Promise<void> {
  const { folder, database: name } = loadKept(options.config);
  const database = resolve(folder, name);
  refuseHalfRestored(database);
  if (!existsSync(database))
    throw bad(database, "there is no such database.", "It is made when the service runs for the first time.");
  const who = parsed(ParticipantId, options.person, "is no id of a person.", "It is as “@ann:example.org”.");
  const db = openDatabase(database);
  try {
    const rooms = options.room === undefined ? new Journal(db).rooms() : [roomIn(options.room)];
    const at = wallClock();
    const asked = rooms.map((room): Erasure => ({ room, who, at }));
    for (const each of asked) addWithdrawal(database, { what: "erasure", ...each });
    if (!isRunning(database))
      return console.log(`${who}: noted for ${rooms.length} rooms. It is done when the service starts.`);
    const left = await waitFor(asked, new Erasures(db));
    if (left.length === 0) console.log(`${who}: erased in ${rooms.length} rooms. ${OUTSIDE}`);
    else console.log(`${who}: noted; ${left.length} of ${rooms.length} rooms are not done yet. The service goes on.`);
  } finally {
    db.close();
  }
}

const OUTSIDE =
  "The bot redacts its messages in the rooms; old backups hold the words still: make a new one, and delete those.";

async function waitFor(asked: readonly Erasure[], erasures: Erasures): Promise<readonly Erasure[]> {
  const until = monotonic() + WAITS_MS;
  const left = () => asked.filter((each) => !erasures.isDone(each));
  while (left().length > 0 && monotonic() < until) await sleep(LOOKS_EVERY_MS);
  return left();
}

function isRunning(database: string): boolean {
  try {
    holdDatabase(database, 0)();
    return false;
  } catch (error) {
    if (error instanceof DatabaseUnusable) return true;
    throw error;
  }
}

function roomIn(text: string): RoomId {
  return parsed(
    RoomId,
    text,
    "is no id of a room.",
    "It begins with !; “npx --no mindminder export” lists meetings with their rooms.",
  );
}

function parsed<T>(
  schema: { safeParse(value: unknown): { data?: T | undefined } },
  text: string,
  problem: string,
  remedy: string,
): T {
  const { data } = schema.safeParse(text);
  if (data === undefined) throw bad(text, problem, remedy);
  return data;
}

function bad(file: string, problem: string, remedy: string): BadFiles {
  return new BadFiles([{ file, key: "", problem, remedy }]);
}
