import type { Logger } from "pino";
import type { MeetingId } from "../protocol/identity.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import type { SoundName } from "../protocol/sound-key.ts";
import type { SealedSound } from "../store/sealed-sound.ts";
import { SAMPLE_RATE } from "./engine.ts";
import type { Recalls } from "./second-ear.ts";
import { allRescued, putRescued, type Rescued } from "./spool/rescued-sound.ts";

type Listen = Extract<ToScribe, { type: "listen" }>;
type Backlog = Extract<FromScribe, { type: "backlog" }>["waiting"];

export type RescuesDeps = {
  readonly folder: string;
  readonly sealed: SealedSound;
  readonly recall: Recalls;
  readonly say: (message: FromScribe) => void;
  readonly log: Logger;
};

/** Shortest unheard stretch worth telling; two sounds lie as far apart anyway. */
const WORTH_TELLING_MS = 500;

/**
 * Sound that the scribe failed to hear and the second ear heard, from its writing onto the disk until the scribe has
 * it.
 */
export class Rescues {
  readonly #parts: RescuesDeps;
  readonly #waiting: Map<SoundName, Rescued>;
  /** Backlog as the scribe's process told it last; null until it has told it for the first time. */
  #backlog: Backlog | null = null;

  constructor(parts: RescuesDeps) {
    this.#parts = parts;
    // Takes up sound left by a service that ended before a scribe had it.
    this.#waiting = allRescued(parts.folder);
  }

  /**
   * Puts speech in this time of a turn onto the disk and returns its name; null where there is none. Time that nobody
   * heard is told.
   */
  rescue(listen: Listen, from: number, to: number): SoundName | null {
    const { meeting, turn, speaker, language, vocabulary, sealedBy } = listen;
    const { folder, sealed, recall, say, log } = this.#parts;
    if (to <= from) return null;
    const { sound, unheardMs } = recall(listen, from, to);
    if (unheardMs >= WORTH_TELLING_MS) {
      log.warn({ meeting, turn, seconds: Math.round(unheardMs / 1_000) }, "a part of a turn was heard by nobody");
      say({ type: "unheard", meeting, turn, seconds: Math.max(1, Math.round(unheardMs / 1_000)) });
    }
    if (!sound) return null;
    const { startedAt, samples } = sound;
    const seconds = samples.length / SAMPLE_RATE;
    try {
      const name = putRescued(
        folder,
        { meeting, turn, speaker, language, vocabulary, sealedBy, startedAt },
        samples,
        sealed,
      );
      this.#waiting.set(name, { meeting, turn, speaker, language, vocabulary, startedAt, seconds });
      log.info(
        { meeting, turn, seconds: Math.round(seconds) },
        "what the scribe missed was heard all the same, and becomes text",
      );
      this.#tell();
      return name;
    } catch (error) {
      log.error({ meeting, turn, err: error }, "what the scribe missed could not be kept on the disk");
      say({ type: "unheard", meeting, turn, seconds: Math.max(1, Math.round(seconds)) });
      return null;
    }
  }

  /** Names of sound that a new process has to take up. */
  get waiting(): SoundName[] {
    return [...this.#waiting.keys()];
  }

  /** Forgets sound that the scribe has cut into pieces, which are in its own backlog. */
  done(name: SoundName): void {
    if (this.#waiting.delete(name)) this.#tell();
  }

  /** Leaves the sound of a meeting where it lies, for another service. */
  letGo(meeting: MeetingId): void {
    for (const [name, rescued] of this.#waiting) if (rescued.meeting === meeting) this.#waiting.delete(name);
  }

  /** Takes up sound of a meeting that another service has left, and returns its names. */
  takeUp(meeting: MeetingId): SoundName[] {
    const found = [...allRescued(this.#parts.folder)].filter(
      ([name, rescued]) => rescued.meeting === meeting && !this.#waiting.has(name),
    );
    for (const [name, rescued] of found) this.#waiting.set(name, rescued);
    return found.map(([name]) => name);
  }

  backlog(waiting: Backlog): void {
    this.#backlog = waiting;
    this.#tell();
  }

  #tell(): void {
    if (this.#backlog === null) return;
    const turns = new Map(this.#backlog.map((one) => [`${one.meeting}.${one.turn}`, one]));
    for (const { meeting, turn, seconds } of this.#waiting.values()) {
      const of = turns.get(`${meeting}.${turn}`) ?? { meeting, turn, pieces: 0, seconds: 0 };
      turns.set(`${meeting}.${turn}`, { ...of, pieces: of.pieces + 1, seconds: of.seconds + seconds, late: true });
    }
    this.#parts.say({ type: "backlog", waiting: [...turns.values()] });
  }
}
