import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Withdrawal } from "./withdrawals.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import { formatSoundKey, type KeptPlace, parseSoundFile, type SoundKey, soundFile } from "../protocol/sound-key.ts";

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
 * The sound of what was said, one file an utterance: only of who agreed to it in that room, only for the days configured. A
 * folder for each room and in it one for each person, by hashes, so that taking consent back is taking a folder away.
 */
export class KeptAudio {
  readonly #options: KeptAudioDeps;

  constructor(options: KeptAudioDeps) {
    this.#options = options;
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

  /** The file with the sound of an utterance, if there is one. */
  fileOf(room: RoomId, meeting: MeetingId, { speaker, turn, startedAt }: Utterance): string | null {
    const place = this.placeFor({ room, speaker }, { meeting, turn, startedAt });
    const file = place && join(this.#options.folder, place);
    return file && startedAt > this.#oldest() && existsSync(file) ? file : null;
  }

  /** The sound of what was taken back goes with its words. */
  forget(
    room: RoomId,
    meeting: MeetingId,
    { speaker, turn, startedAt }: Pick<Utterance, "speaker" | "turn" | "startedAt">,
  ): void {
    rmSync(join(this.#options.folder, placeOf({ room, speaker }, { meeting, turn, startedAt })), { force: true });
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
    const { folder, db } = this.#options;
    const rows = db.prepare("SELECT room, participant FROM audio_consents").all() as {
      room: string;
      participant: string;
    }[];
    const agreed = new Set(rows.map(({ room, participant }) => `${hash(room)}/${hash(participant)}`));
    for (const room of foldersIn(folder)) {
      for (const person of foldersIn(join(folder, room))) {
        const place = join(folder, room, person);
        if (!agreed.has(`${room}/${person}`)) rmSync(place, { recursive: true, force: true });
        else
          for (const name of namesIn(place))
            if ((parseSoundFile(name, "flac")?.startedAt ?? 0) <= this.#oldest())
              rmSync(join(place, name), { force: true });
      }
    }
  }

  #oldest(): number {
    const { days, now } = this.#options;
    return days > 0 ? now() - days * DAY_MS : Infinity;
  }
}

function placeOf({ room, speaker }: Of, key: SoundKey): KeptPlace {
  return `${hash(room)}/${hash(speaker)}/${soundFile(formatSoundKey(key), "flac")}` as KeptPlace;
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
