import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Logger } from "pino";
import { z } from "zod";
import { Instant, MeetingId, ParticipantId, SpeechLanguage } from "../../protocol/identity.ts";
import { formatSoundKey, parseSoundFile, type SoundEnding, SoundName, soundFile } from "../../protocol/sound-key.ts";
import { flacOf } from "../audio/flac-write.ts";
import { readFlac } from "../audio/flac-read.ts";
import type { SealedSound } from "../../store/sealed-sound.ts";

/** A finished piece of a turn that is no text yet. */
export const SpooledPiece = z.object({
  meeting: MeetingId,
  turn: z.number().int().positive(),
  speaker: ParticipantId,
  piece: z.number().int().positive(),
  startedAt: Instant,
  endedAt: Instant,
  language: SpeechLanguage,
  vocabulary: z.array(z.string()),
  /** Name of the key by which its sound is sealed; left out: it lies as it is. */
  sealedBy: z.string().optional(),
});
export type SpooledPiece = z.infer<typeof SpooledPiece>;

export type SpoolOptions = {
  readonly folder: string;
  readonly sealed: SealedSound;
  readonly megabytes: number;
  readonly log: Logger;
};

/**
 * Speech on the disk from the moment its piece is finished until its text is in the journal, so that neither an engine
 * that is down nor a crash loses it. A piece is two files: the facts about it (.json), and then its sound (.flac).
 */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #pieces = new Map<SoundName, SpooledPiece>();
  #bytes = 0;

  constructor(options: SpoolOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(options.folder).sort()) this.#find(name);
  }

  /** Writes a piece; null where there is no room for it: then it can be heard only while somebody has it in memory. */
  put(piece: SpooledPiece, samples: Float32Array): SoundName | null {
    const { folder, sealed, megabytes, log } = this.#options;
    const key = formatSoundKey(piece);
    const { meeting, turn } = piece;
    try {
      const audio = sealed.seal(flacOf(samples), key, piece.sealedBy);
      if (this.#bytes + audio.length > megabytes * 1e6) {
        log.error(
          { meeting, turn, folder, megabytes },
          "no room for more speech that waits for its text: speech.waitingMegabytes is reached. See why the speech engine does not answer",
        );
        return null;
      }
      writeFileSync(this.#file(key, "json"), JSON.stringify(piece), { mode: 0o600 });
      // Renames in one step: a file is whole or not there.
      writeFileSync(this.#file(key, "part"), audio, { mode: 0o600 });
      renameSync(this.#file(key, "part"), this.#file(key, "flac"));
      this.#pieces.set(key, piece);
      this.#bytes += audio.length;
      return key;
    } catch (error) {
      log.error({ meeting, turn, folder, err: error }, "speech could not be kept on the disk until it is text");
      return null;
    }
  }

  /** Reads a piece; null where it is not there, or cannot be read any more. */
  read(key: SoundName): { piece: SpooledPiece; samples: Float32Array } | null {
    const { sealed } = this.#options;
    const piece = this.#pieces.get(key);
    if (!piece) return null;
    try {
      const sound = sealed.open(readFileSync(this.#file(key, "flac")), key);
      if (!sound) throw new Error("its key is not there any more");
      const [samples = new Float32Array(0)] = readFlac(sound).channels;
      return { piece, samples };
    } catch (error) {
      this.#options.log.error(
        { meeting: piece.meeting, turn: piece.turn, err: error },
        "speech that waited on the disk cannot be read",
      );
      return null;
    }
  }

  /** Moves a piece out of the spool, to where sound is kept for people to hear. */
  moveTo(key: SoundName, file: string): void {
    const piece = this.#pieces.get(key);
    if (!piece) return;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      copyFileSync(this.#file(key, "flac"), file);
    } catch (error) {
      this.#options.log.error(
        { meeting: piece.meeting, turn: piece.turn, file, err: error },
        "the sound of an utterance could not be kept",
      );
    }
    this.drop(key);
  }

  /** Drops a piece whose text is in the journal, or which is given up. */
  drop(key: SoundName): void {
    if (!this.#pieces.delete(key)) return;
    this.#bytes -= sizeOf(this.#file(key, "flac"));
    for (const ending of ["flac", "json"] as const) rmSync(this.#file(key, ending), { force: true });
  }

  /** Leaves the pieces of a meeting where they lie, for another service. */
  letGo(meeting: MeetingId): SoundName[] {
    const gone = this.entries().flatMap(([key, piece]) => (piece.meeting === meeting ? [key] : []));
    for (const key of gone) {
      this.#pieces.delete(key);
      this.#bytes -= sizeOf(this.#file(key, "flac"));
    }
    return gone;
  }

  /** Finds pieces of a meeting that another service has left there. */
  takeUp(meeting: MeetingId): SoundName[] {
    const theirs = readdirSync(this.#options.folder).filter(
      (name) => parseSoundFile(name, "flac")?.meeting === meeting,
    );
    const found = theirs.sort().filter((name) => !this.#pieces.has(SoundName.parse(name.slice(0, -".flac".length))));
    for (const name of found) this.#find(name);
    return this.entries().flatMap(([key]) => (found.includes(soundFile(key, "flac")) ? [key] : []));
  }

  /** Lists the pieces, the oldest first. */
  entries(): [SoundName, SpooledPiece][] {
    return [...this.#pieces].sort(([, one], [, other]) => one.startedAt - other.startedAt);
  }

  #find(name: string): void {
    const { folder, log } = this.#options;
    if (name.endsWith(".part")) return rmSync(join(folder, name), { force: true });
    if (!name.endsWith(".flac")) return;
    try {
      const key = SoundName.parse(name.slice(0, -".flac".length));
      const piece = SpooledPiece.parse(JSON.parse(readFileSync(this.#file(key, "json"), "utf8")));
      this.#pieces.set(key, piece);
      this.#bytes += sizeOf(join(folder, name));
    } catch (error) {
      log.warn(
        { file: join(folder, name), err: error },
        "nobody can tell whose speech this is; it is left where it lies",
      );
    }
  }

  #file(key: SoundName, ending: SoundEnding): string {
    return join(this.#options.folder, soundFile(key, ending));
  }
}

/** Instant until which a turn's speech lies there in pieces; -Infinity: none does. */
export function spooledUntil(folder: string, { meeting, turn }: Pick<SpooledPiece, "meeting" | "turn">): number {
  const ends = readdirSync(folder)
    .flatMap((name) => parseSoundFile(name, "flac") ?? [])
    .filter((key) => key.meeting === meeting && key.turn === turn)
    .map((key) => {
      try {
        const about = readFileSync(join(folder, soundFile(formatSoundKey(key), "json")), "utf8");
        return SpooledPiece.parse(JSON.parse(about)).endedAt;
      } catch {
        return -Infinity;
      }
    });
  return Math.max(-Infinity, ...ends);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
