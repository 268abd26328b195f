import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { openDatabase } from "./journal/database.ts";
import { holdDatabase } from "./journal/database-lock.ts";
import { ExportedTasks } from "./journal/exported-tasks.ts";
import { Inbox } from "./journal/inbox.ts";
import { Journal } from "./journal/journal.ts";
import { KeptAudio } from "./journal/kept-audio.ts";
import { KnownRooms } from "./journal/known-rooms.ts";
import { Links } from "./journal/links.ts";
import { Outbox } from "./journal/outbox.ts";
import { Reactions } from "./journal/reactions.ts";
import { Sessions } from "./journal/sessions.ts";

/** Sound is deleted at most this late. */
const SWEEP_EVERY_MS = 3600_000;

export type Stores = ReturnType<typeof openStores>;

/** All that is kept: the database, and beside it the sound. What has run out is forgotten at once. */
export function openStores(databaseFile: string, { keepAudioDays, now }: { readonly keepAudioDays: number; readonly now: () => number }) {
  mkdirSync(dirname(databaseFile), { recursive: true });
  const letGo = holdDatabase(databaseFile);
  const db = openDatabase(databaseFile);
  const audioFolder = join(dirname(databaseFile), "speech-kept");
  const audio = new KeptAudio({ db, folder: audioFolder, days: keepAudioDays, now });
  const [inbox, reactions, sessions] = [new Inbox(db), new Reactions(db), new Sessions(db)];
  inbox.forgetOld(now());
  reactions.forgetOld(now());
  sessions.forgetExpired(now());
  audio.sweep();
  const sweeping = setInterval(() => audio.sweep(), SWEEP_EVERY_MS).unref();
  return {
    db, inbox, reactions, sessions, audio, audioFolder,
    journal: new Journal(db), outbox: new Outbox(db), knownRooms: new KnownRooms(db), links: new Links(db), exportedTasks: new ExportedTasks(db),
    /** Pieces of speech that wait to be decoded. */
    spoolFolder: join(dirname(databaseFile), "speech-waiting"),
    close() {
      clearInterval(sweeping);
      db.close();
      letGo();
    },
  };
}
