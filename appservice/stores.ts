import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type Database from "better-sqlite3";
import { AssemblyJournal } from "./journal/assembly-journal.ts";
import { Accesses } from "./store/accesses.ts";
import { WORD_KEYS } from "./store/backup.ts";
import { openDatabase } from "./store/database.ts";
import { holdDatabase } from "./store/database-lock.ts";
import { Erasures } from "./store/erasures.ts";
import { ExportedTasks } from "./store/exported-tasks.ts";
import { GuestLinks } from "./store/guest-links.ts";
import { Guests } from "./store/guests.ts";
import { Inbox } from "./journal/inbox.ts";
import { Journal } from "./journal/journal.ts";
import { KeptAudio } from "./store/kept-audio.ts";
import { KnownRooms } from "./store/known-rooms.ts";
import { LedgerLog } from "./store/ledger-log.ts";
import { Links } from "./store/links.ts";
import { NudgeAddresses } from "./store/nudge-addresses.ts";
import { Outbox } from "./journal/outbox.ts";
import { byTurns, unlessStopped } from "./journal/parts-of-work.ts";
import { finishRestore, refuseToBeginAnew } from "./store/restore.ts";
import { Reactions } from "./store/reactions.ts";
import { Recordings } from "./store/recordings.ts";
import { refuseMountedFile } from "./store/mounted.ts";
import { PurposeJournal } from "./purposes/purpose-journal.ts";
import { RoomPast } from "./store/room-past.ts";
import { SignIns } from "./store/sign-ins.ts";
import { Sessions } from "./store/sessions.ts";
import { TelegramChats } from "./store/telegram-chats.ts";
import { TelegramLinks } from "./store/telegram-links.ts";
import { TelegramPeople } from "./store/telegram-people.ts";
import { Withdrawals } from "./store/withdrawals.ts";
import { keysBeside } from "./store/word-keys.ts";
import { isStorageFailure } from "./store/storage-guard.ts";
import { clearTimer, repeat, wallClock } from "./time/time.ts";

/** Sound is deleted at most this late. */
const SWEEP_EVERY_MS = 3600_000;
/** Events, sessions and reactions are forgotten in portions, which hold nobody up. */
const FORGET_EVERY_MS = 60_000;

type StoreDeps = {
  readonly keepAudioDays: number;
  /** Known to this service alone; left out: another with each start. */
  readonly linkSecret?: string;
  readonly now: () => number;
  /** Tells an admin what they should hear of. */
  readonly say: (sentence: string) => void;
};

export type Stores = ReturnType<typeof openStores>;

/** Opens all that is kept: the database, and beside it the sound. Entries that have run out are forgotten at once. */
export function openStores(databaseFile: string, deps: StoreDeps) {
  const { say } = deps;
  mkdirSync(dirname(databaseFile), { recursive: true });
  refuseMountedFile(databaseFile);
  const letGo = holdDatabase(databaseFile);
  try {
    const finished = finishRestore(databaseFile);
    if (finished) say(finished);
    refuseToBeginAnew(databaseFile);
    const stores = storesIn(openDatabase(databaseFile), letGo, databaseFile, deps);
    const lost = stores.journal.sealing.lostKeys();
    if (lost > 0) say(lostKeysText(lost, databaseFile));
    return stores;
  } catch (error) {
    letGo();
    throw error;
  }
}

function storesIn(
  db: Database.Database,
  letGo: () => void,
  databaseFile: string,
  { keepAudioDays, linkSecret, now, say }: StoreDeps,
) {
  const audioFolder = join(dirname(databaseFile), "speech-kept");
  const withdrawals = new Withdrawals(databaseFile);
  const audio = new KeptAudio({
    db,
    folder: audioFolder,
    days: keepAudioDays,
    now,
    onWithdrawn: ({ room, speaker: who }, at) => withdrawals.add({ what: "sound", room, who, at }),
  });
  const [inbox, reactions, sessions] = [new Inbox(db), new Reactions(db), new Sessions(db)];
  const [signIns, guests, accesses] = [new SignIns(db), new Guests(db), new Accesses(db)];
  const telegramPeople = new TelegramPeople(db);
  const forget = () => {
    inbox.forgetOld(now());
    reactions.forgetOld(now());
    sessions.forgetExpired(now());
    signIns.forgetOld(now());
    guests.forgetOld(now());
    accesses.forgetOld(now());
    telegramPeople.forgetOld(now(), wallClock());
  };
  forget();
  audio.withdraw(withdrawals.all());
  audio.sweep();
  const recordings = new Recordings(db, keepAudioDays);
  recordings.withdraw(withdrawals.all());
  let closed = false;
  const sweep = () =>
    void byTurns(unlessStopped(audio.sweeping(), () => closed)).catch((error: unknown) =>
      say(`${audioFolder}: sound that is not to be kept any more could not all be taken away: ${String(error)}`),
    );
  const timers = [repeat(sweep, SWEEP_EVERY_MS), repeat(() => ifWritable(forget), FORGET_EVERY_MS)];
  for (const timer of timers) timer.unref();
  return {
    db,
    inbox,
    reactions,
    sessions,
    signIns,
    guests,
    guestLinks: new GuestLinks(db, linkSecret),
    audio,
    audioFolder,
    recordings,
    keysFile: keysBeside(databaseFile),
    withdrawals,
    journal: new Journal(db),
    outbox: new Outbox(db),
    accesses,
    erasures: new Erasures(db),
    ledgerLog: new LedgerLog(db),
    purposeJournal: new PurposeJournal(db),
    assemblyJournal: new AssemblyJournal(db),
    knownRooms: new KnownRooms(db),
    links: new Links(db, linkSecret),
    exportedTasks: new ExportedTasks(db),
    roomPast: new RoomPast(db),
    telegramChats: new TelegramChats(db),
    telegramLinks: new TelegramLinks(db),
    telegramPeople,
    nudgeAddresses: new NudgeAddresses(db),
    /** Pieces of speech that wait to be decoded. */
    spoolFolder: join(dirname(databaseFile), "speech-waiting"),
    close() {
      closed = true;
      for (const timer of timers) clearTimer(timer);
      db.close();
      letGo();
    },
  };
}

function lostKeysText(lost: number, database: string): string {
  return `${keysBeside(database)}: ${lost} keys of people's words are not there, and these words cannot be read; all else can. Run “mindminder restore” with a backup that has ${WORD_KEYS}.`;
}

/** A full disk is seen to elsewhere; entries that could not be forgotten now are forgotten a minute later. */
function ifWritable(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isStorageFailure(error)) throw error;
  }
}
