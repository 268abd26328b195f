import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type Database from "better-sqlite3";
import { loadKept } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { AssemblyJournal } from "../journal/assembly-journal.ts";
import { Journal } from "../journal/journal.ts";
import { ParticipantId, RoomId } from "../protocol/identity.ts";
import { DatabaseUnusable, openDatabase } from "../store/database.ts";
import { holdDatabase } from "../store/database-lock.ts";
import { type Erasure, Erasures } from "../store/erasures.ts";
import { refuseHalfRestored } from "../store/restore.ts";
import { addWithdrawal } from "../store/withdrawals.ts";
import { monotonic, sleep, wallClock } from "../time/time.ts";

export type EraseOptions = { readonly config: string; readonly person?: string; readonly room?: string };

/** A running service looks every ten seconds, and a room takes moments. */
const WAITS_MS = 60_000;
const LOOKS_EVERY_MS = 500;

/**
 * Notes down that all words of a person are to be erased, in a room or in all, or a room's whole record. The service
 * does it, since it alone can take them out of the rooms: one that runs does so now, another with its next start.
 */
export async function erase(options: EraseOptions): Promise<void> {
  const { folder, database: name } = loadKept(options.config);
  const database = resolve(folder, name);
  refuseHalfRestored(database);
  if (!existsSync(database))
    throw bad(database, "there is no such database.", "It is made when the service runs for the first time.");
  const { person } = options;
  const room = options.room === undefined ? null : roomIn(options.room);
  if (person === undefined && room === null)
    throw bad("erase", "is told neither whose words nor which room.", "Name --person, or --room, or both.");
  const db = openDatabase(database);
  try {
    if (person !== undefined) await erasePerson({ db, database }, personIn(person), room);
    else if (room !== null) await eraseRoom({ db, database }, room);
  } finally {
    db.close();
  }
}

type Kept = { readonly db: Database.Database; readonly database: string };

async function erasePerson({ db, database }: Kept, who: ParticipantId, room: RoomId | null): Promise<void> {
  const rooms = room === null ? new Journal(db).rooms() : [room];
  const at = wallClock();
  const asked = rooms.map((each): Erasure => ({ room: each, who, at }));
  for (const each of asked) addWithdrawal(database, { what: "erasure", ...each });
  if (!isRunning(database))
    return console.log(`${who}: noted for ${rooms.length} rooms. It is done when the service starts.`);
  const erasures = new Erasures(db);
  const left = await waitFor(() => asked.filter((each) => !erasures.isDone(each)).length);
  if (left === 0) console.log(`${who}: erased in ${rooms.length} rooms. ${OUTSIDE}`);
  else console.log(`${who}: noted; ${left} of ${rooms.length} rooms are not done yet. The service goes on.`);
}

async function eraseRoom({ db, database }: Kept, room: RoomId): Promise<void> {
  const at = wallClock();
  addWithdrawal(database, { what: "room", room, at });
  if (!isRunning(database)) return console.log(`${room}: noted. It is done when the service starts.`);
  const journals = [new Journal(db), new AssemblyJournal(db)];
  const left = await waitFor(() => journals.flatMap((each): unknown[] => each.begunBefore(room, at + 1)).length);
  if (left === 0) console.log(`${room}: its record is erased. ${OUTSIDE}`);
  else console.log(`${room}: noted; ${left} meetings are not done yet. The service goes on.`);
}

const OUTSIDE =
  "The bot redacts its messages in the rooms; old backups hold the words still: make a new one, and delete those.";

async function waitFor(left: () => number): Promise<number> {
  const until = monotonic() + WAITS_MS;
  while (left() > 0 && monotonic() < until) await sleep(LOOKS_EVERY_MS);
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

function personIn(text: string): ParticipantId {
  return parsed(ParticipantId, text, "is no id of a person.", "It is as “@ann:example.org”.");
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
