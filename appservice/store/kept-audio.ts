import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Withdrawal } from "./withdrawals.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import { formatSoundKey, type KeptPlace, parseSoundFile, type SoundKey, soundFile } from "../protocol/sound-key.ts";
import { nextTurn } from "../time/time.ts";
import { SealedSound } from "./sealed-sound.ts";
import { foldersIn, isSealedFile, keyIn, namesIn } from "./sound-files.ts";
import { type KeyName, wordKeysOf } from "./word-keys.ts";

const DAY_MS = 24 * 3600_000;

/** Utterance whose sound it is. */
type Spoken = Pick<Utterance, "speaker" | "turn" | "startedAt">;
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
  async read(room: RoomId, meeting: MeetingId, utterance: Spoken): Promise<Uint8Array | null> {
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

  #fileOf(room: RoomId, meeting: MeetingId, { speaker, turn, startedAt }: Spoken): string | null {
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
        this.#replace(place, key, readFileSync(file), by);
        await nextTurn();
      }
    }
  }

  /** Writes a file anew, whole or not at all, unless it was taken away meanwhile. */
  #replace(place: string, key: SoundKey, sound: Uint8Array, by: KeyName): void {
    const name = formatSoundKey(key);
    const [part, file] = [join(place, soundFile(name, "part")), join(place, soundFile(name, "flac"))];
    writeFileSync(part, this.#sealed.seal(sound, name, by), { mode: 0o600 });
    if (existsSync(file)) renameSync(part, file);
    else rmSync(part, { force: true });
  }

  #agreed(): Of[] {
    return this.#options.db.prepare("SELECT room, participant AS speaker FROM audio_consents").all() as Of[];
  }

  /** The sound of what was taken back goes with its words. */
  forget(room: RoomId, meeting: MeetingId, { speaker, turn, startedAt }: Spoken): void {
    rmSync(join(this.#options.folder, placeOf({ room, speaker }, { meeting, turn, startedAt })), { force: true });
  }

  /** Folder of a room's sound, in that of all. */
  folderOf(room: RoomId): string {
    return hash(room);
  }

  /** Takes away the sound of somebody that is kept, but for that of some meetings. */
  forgetBut({ room, speaker }: Of, kept: ReadonlySet<MeetingId>): void {
    const place = join(this.#options.folder, hash(room), hash(speaker));
    for (const name of namesIn(place)) {
      const key = parseSoundFile(name, "flac");
      if (key && !kept.has(key.meeting)) rmSync(join(place, name), { force: true });
    }
  }

  /** Seals sound of somebody without keys that are to be destroyed, also what waits in a folder to be text. */
  async letGo({ room, speaker }: Of, keys: readonly KeyName[], waiting: string): Promise<void> {
    const { db, folder } = this.#options;
    const by = wordKeysOf(db).presentOf(room, speaker);
    for (const place of [waiting, join(folder, hash(room), hash(speaker))])
      for (const name of namesIn(place)) {
        const key = parseSoundFile(name, "flac");
        const file = join(place, name);
        if (!key || !keys.includes(keyIn(file) ?? "")) continue;
        const sound = this.#sealed.open(readFileSync(file), formatSoundKey(key));
        if (sound) this.#replace(place, key, sound, by);
        await nextTurn();
      }
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

function hash(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 16);
}
