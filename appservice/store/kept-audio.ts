import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Withdrawal } from "./withdrawals.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import { formatSoundKey, type KeptPlace, parseSoundFile, type SoundKey, soundFile } from "../protocol/sound-key.ts";
import { nextTurn } from "../time/time.ts";
import { isSealed, SealedSound } from "./sealed-sound.ts";
import { wordKeysOf } from "./word-keys.ts";

/** Enough of a file to see whether it is sealed. */
const LONGEST_HEADER = 64;
const DAY_MS = 24 * 3600_000;

type Of = { readonly room: RoomId; readonly speaker: ParticipantId };

export type KeptAudioDeps = {
  readonly db: Database.Database;
  readonly folder: string;
  /** 0: no sound is kept. */
  readonly days: number;
  readonly now: () => number;
  /** Hears that somebody has taken their consent back. */
  readonly onWithdrawn?: (of: Of, at: number) => void;
};

/**
 * The sound of what was said, one file an utterance: only of who agreed to it in that room, only for the days
 * configured. A folder for each room and in it one for each person, by hashes, so that taking consent back is taking a
 * folder away.
 */
export class KeptAudio {
  readonly #options: KeptAudioDeps;
  readonly #sealed: SealedSound;

  constructor(options: KeptAudioDeps) {
    this.#options = options;
    this.#sealed = new SealedSound(wordKeysOf(options.db));
  }

  get days(): number {
    return this.#options.days;
  }

  hasConsent({ room, speaker }: Of): boolean {
    return (
      this.#options.db.prepare("SELECT 1 FROM audio_consents WHERE room = ? AND participant = ?").get(room, speaker) !==
      undefined
    );
  }

  /** Taking it back takes away what was kept. */
  consent({ room, speaker }: Of, given: boolean): void {
    const { db, folder, now } = this.#options;
    if (given)
      db.prepare("INSERT OR IGNORE INTO audio_consents (participant, room, given_at) VALUES (?, ?, ?)").run(
        speaker,
        room,
        now(),
      );
    else {
      db.prepare("DELETE FROM audio_consents WHERE participant = ? AND room = ?").run(speaker, room);
      rmSync(join(folder, hash(room), hash(speaker)), { recursive: true, force: true });
      this.#options.onWithdrawn?.({ room, speaker }, now());
    }
  }

  /** Takes back consents that an older database still has and that people have withdrawn since. */
  withdraw(withdrawals: readonly Withdrawal[]): void {
    const taken = this.#options.db.prepare(
      "DELETE FROM audio_consents WHERE room = ? AND participant = ? AND given_at <= ?",
    );
    for (const each of withdrawals) if (each.what === "sound") taken.run(each.room, each.who, each.at);
  }

  /** Place in the folder where the sound of something said is to be kept; null: nowhere. */
  placeFor(of: Of, key: SoundKey): KeptPlace | null {
    return this.days > 0 && this.hasConsent(of) ? placeOf(of, key) : null;
  }

  /** Tells whether the sound of an utterance is there. */
  has(room: RoomId, meeting: MeetingId, utterance: Utterance): boolean {
    return this.#fileOf(room, meeting, utterance) !== null;
  }

  /** Sound of an utterance (FLAC), if there is one that can be read. */
  async read(room: RoomId, meeting: MeetingId, utterance: Utterance): Promise<Uint8Array | null> {
    const file = this.#fileOf(room, meeting, utterance);
    if (file === null) return null;
    try {
      return this.#sealed.open(await readFile(file), formatSoundKey({ meeting, ...utterance }));
    } catch (error) {
      // It was taken back at this moment.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw error;
    }
  }

  #fileOf(room: RoomId, meeting: MeetingId, { speaker, turn, startedAt }: Utterance): string | null {
    const place = this.placeFor({ room, speaker }, { meeting, turn, startedAt });
    const file = place && join(this.#options.folder, place);
    return file && startedAt > this.#oldest() && existsSync(file) ? file : null;
  }

  /** Seals sound from before it was sealed, one file at a time: whole or not at all. */
  async sealOlder(isStopped: () => boolean = () => false): Promise<void> {
    const { folder, db } = this.#options;
    for (const { room, speaker } of this.#agreed()) {
      const [place, by] = [join(folder, hash(room), hash(speaker)), wordKeysOf(db).presentOf(room, speaker)];
      for (const name of namesIn(place)) {
        const key = parseSoundFile(name, "flac");
        const file = join(place, name);
        if (isStopped()) return;
        if (!key || isSealedFile(file)) continue;
        const part = join(place, soundFile(formatSoundKey(key), "part"));
        writeFileSync(part, this.#sealed.seal(readFileSync(file), formatSoundKey(key), by), {
          mode: 0o600,
        });
        renameSync(part, file);
        await nextTurn();
      }
    }
  }

  #agreed(): Of[] {
    return this.#options.db.prepare("SELECT room, participant AS speaker FROM audio_consents").all() as Of[];
  }

  /** The sound of what was taken back goes with its words. */
  forget(
    room: RoomId,
    meeting: MeetingId,
    { speaker, turn, startedAt }: Pick<Utterance, "speaker" | "turn" | "startedAt">,
  ): void {
    rmSync(join(this.#options.folder, placeOf({ room, speaker }, { meeting, turn, startedAt })), { force: true });
  }

  /** Folder of a room's sound, in that of all. */
  folderOf(room: RoomId): string {
    return hash(room);
  }

  /** The sound of a meeting of which nothing is kept any more. */
  forgetMeeting(room: RoomId, meeting: MeetingId): void {
    const place = join(this.#options.folder, hash(room));
    for (const person of foldersIn(place)) {
      for (const name of namesIn(join(place, person)))
        if (parseSoundFile(name, "flac")?.meeting === meeting) rmSync(join(place, person, name), { force: true });
    }
  }

  /** Takes away sound that is too old, or to which nobody consents any more. */
  sweep(): void {
    for (const _ of this.sweeping());
  }

  /** The same a little at a time: what many people said in a month are very many files. */
  *sweeping(): Generator<void, void> {
    const { folder } = this.#options;
    const agreed = new Set<string>();
    for (const { room, speaker } of this.#agreed()) {
      agreed.add(`${hash(room)}/${hash(speaker)}`);
      yield;
    }
    for (const room of foldersIn(folder)) {
      for (const person of foldersIn(join(folder, room))) {
        const place = join(folder, room, person);
        if (!agreed.has(`${room}/${person}`) && !this.#agreesNow(room, person))
          rmSync(place, { recursive: true, force: true });
        for (const name of namesIn(place)) {
          if ((parseSoundFile(name, "flac")?.startedAt ?? 0) <= this.#oldest())
            rmSync(join(place, name), { force: true });
          yield;
        }
      }
    }
  }

  /** Tells whether somebody of these hashes has agreed meanwhile. */
  #agreesNow(room: string, person: string): boolean {
    return this.#agreed().some((of) => hash(of.room) === room && hash(of.speaker) === person);
  }

  #oldest(): number {
    const { days, now } = this.#options;
    return days > 0 ? now() - days * DAY_MS : Infinity;
  }
}

function placeOf({ room, speaker }: Of, key: SoundKey): KeptPlace {
  return `${hash(room)}/${hash(speaker)}/${soundFile(formatSoundKey(key), "flac")}` as KeptPlace;
}

function isSealedFile(file: string): boolean {
  const start = Buffer.alloc(LONGEST_HEADER);
  const opened = openSync(file, "r");
  try {
    return isSealed(start.subarray(0, readSync(opened, start)));
  } finally {
    closeSync(opened);
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Folders that are named as ours are: others that lie there are not ours to read. */
function foldersIn(folder: string): string[] {
  return namesIn(folder).filter((name) => /^[0-9a-f]{16}$/.test(name));
}

function hash(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 16);
}
