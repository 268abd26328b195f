import type { MeetingId } from "../../protocol/identity.ts";
import { join } from "node:path";
import type { Logger } from "pino";
import type { FromScribe } from "../../protocol/scribe-messages.ts";
import type { KeptPlace, SoundName } from "../../protocol/sound-key.ts";
import type { Decoder } from "../decoder.ts";
import { EngineError } from "../engine.ts";
import { written } from "../written.ts";
import type { Spool, SpooledPiece } from "./spool.ts";
import { Failures } from "../../retry/pace.ts";
import type { Timer } from "../../time/source.ts";
import { clearTimer, startTimer, timeLimit } from "../../time/time.ts";

export type LateDeps = {
  readonly spool: Spool;
  /** Folder of sound that people may hear. */
  readonly audioFolder: string;
  readonly queue: Pick<Decoder, "late" | "lateAtOnce">;
  readonly say: (message: FromScribe) => void;
  readonly log: Logger;
};

/** Handle that a turn holds for each piece whose text it waits for. */
export type Held = {
  /** Tells that the text is told; the piece stays until the journal has it. */
  readonly told: () => void;
  /** Tells that there is no text to tell. */
  readonly nothing: () => void;
  /** Tells that the piece was not made into text in its time: it will be later. */
  readonly late: () => void;
};

const DECODED_WITHIN_MS = 120_000;
const PACE = { firstMs: 2_000, longestMs: 60_000 };
/** Failures of the engine itself after which a piece is given up, so that it does not hold up the pieces behind it. */
const MOST_FAILURES = 3;

/**
 * Finished pieces, from the disk to their text: told in their time by their turn, or later from the disk, as soon as
 * the engine answers. The waiting ones are told at every change, so that everybody knows which text is still to come.
 */
export class LatePieces {
  readonly #parts: LateDeps;
  /** `turn`: a turn waits for its text. `late`: we make its text later. `told`: waits to be in the journal. */
  readonly #states = new Map<SoundName, "turn" | "late" | "told">();
  readonly #failures = new Map<SoundName, number>();
  readonly #engineFailures = new Failures(PACE);
  readonly #working = new Set<SoundName>();
  /** Place of the piece that failed last, behind which the next one is looked for: none holds up the others. */
  #failedAt: SpooledPiece["startedAt"] | null = null;
  /** True from a failure until it is time to try again. */
  #resting = false;
  #closed = false;
  #retry: Timer | undefined;

  constructor(parts: LateDeps) {
    this.#parts = parts;
    for (const [key] of parts.spool.entries()) this.#states.set(key, "late");
    this.#tell();
    this.#work();
  }

  /** Holds a piece on the disk; null where the disk has no room for it. */
  hold(piece: SpooledPiece, samples: Float32Array): Held | null {
    const key = this.#parts.spool.put(piece, samples);
    if (key === null) return null;
    this.#to(key, "turn");
    return {
      told: () => this.#to(key, "told"),
      nothing: () => this.#drop(key),
      late: () => {
        this.#to(key, "late");
        this.#work();
      },
    };
  }

  /** Drops a piece whose text is in the journal. */
  kept(key: SoundName, keepAs: KeptPlace | null): void {
    if (this.#states.get(key) !== "told") return;
    if (keepAs !== null) this.#parts.spool.moveTo(key, join(this.#parts.audioFolder, keepAs));
    this.#drop(key);
  }

  /** Leaves the pieces of a meeting on the disk, for another service; texts of them that come are nobody's. */
  letGo(meeting: MeetingId): void {
    for (const key of this.#parts.spool.letGo(meeting)) {
      this.#states.delete(key);
      this.#failures.delete(key);
    }
    this.#tell();
  }

  /** Takes up pieces of a meeting that another service has left on the disk. */
  takeUp(meeting: MeetingId): void {
    for (const key of this.#parts.spool.takeUp(meeting)) this.#states.set(key, "late");
    this.#tell();
    this.#work();
  }

  close(): void {
    this.#closed = true;
    clearTimer(this.#retry);
  }

  #to(key: SoundName, state: "turn" | "late" | "told"): void {
    // Nobody's any more: another service has it.
    if (state !== "turn" && !this.#states.has(key)) return;
    this.#states.set(key, state);
    this.#tell();
  }

  #drop(key: SoundName): void {
    this.#states.delete(key);
    this.#failures.delete(key);
    this.#parts.spool.drop(key);
    this.#tell();
  }

  #tell(): void {
    const turns = new Map<
      string,
      { meeting: MeetingId; turn: number; pieces: number; seconds: number; late: boolean }
    >();
    for (const [key, { meeting, turn, startedAt, endedAt }] of this.#parts.spool.entries()) {
      const state = this.#states.get(key);
      if (state === "told" || state === undefined) continue;
      const of = turns.get(`${meeting}.${turn}`) ?? { meeting, turn, pieces: 0, seconds: 0, late: false };
      turns.set(`${meeting}.${turn}`, {
        ...of,
        pieces: of.pieces + 1,
        seconds: of.seconds + (endedAt - startedAt) / 1_000,
        late: of.late || state === "late",
      });
    }
    this.#parts.say({ type: "backlog", waiting: [...turns.values()] });
  }

  #work(): void {
    const { queue } = this.#parts;
    while (!this.#closed && this.#working.size < queue.lateAtOnce) {
      const next = this.#next();
      if (!next) return;
      this.#endRest();
      const [key] = next;
      this.#working.add(key);
      void this.#write(key).then((againInMs) => {
        this.#working.delete(key);
        if (againInMs > 0) this.#rest(againInMs);
        else if (!this.#resting) this.#work();
      });
    }
  }

  /** Finds the oldest piece behind the one that failed last; where there is none, the oldest of all. */
  #next(): [SoundName, SpooledPiece] | undefined {
    const waiting = this.#parts.spool
      .entries()
      .filter(([key]) => this.#states.get(key) === "late" && !this.#working.has(key));
    const behind = waiting.find(([, { startedAt }]) => startedAt > (this.#failedAt ?? -Infinity));
    if (!behind) this.#failedAt = null;
    return behind ?? waiting[0];
  }

  #rest(ms: number): void {
    this.#endRest();
    this.#resting = true;
    this.#retry = startTimer(() => this.#work(), ms);
  }

  #endRest(): void {
    clearTimer(this.#retry);
    this.#resting = false;
  }

  /** Makes text of a piece; resolves to the milliseconds to wait until the next one is tried. */
  async #write(key: SoundName): Promise<number> {
    const { spool, queue, say, log } = this.#parts;
    const found = spool.read(key);
    if (!found) {
      this.#lost(key);
      return 0;
    }
    const { language, vocabulary, sealedBy: _, ...of } = found.piece;
    try {
      const speech = { samples: found.samples, language, vocabulary };
      const transcript = await queue.late({ meeting: of.meeting, sound: key }, speech, timeLimit(DECODED_WITHIN_MS));
      if (this.#closed || !this.#states.has(key)) return 0;
      this.#engineFailures.reset();
      const { id, model } = transcript.by;
      const { text, places } = written(transcript, speech, transcript.by);
      if (text === "") this.#drop(key);
      else {
        say({ type: "late", ...of, language: transcript.language, text, places, engine: { id, model } });
        this.#to(key, "told");
      }
      return 0;
    } catch (error) {
      if (error instanceof EngineError && error.failure === "engine-failed" && this.#failedOnce(key)) {
        this.#lost(key);
        return 0;
      }
      this.#failedAt = of.startedAt;
      const againInMs = this.#engineFailures.add();
      log.warn(
        { meeting: of.meeting, turn: of.turn, err: error, againInMs },
        "speech waits on the disk: the engine does not make text of it",
      );
      return againInMs;
    }
  }

  /** Counts a failure of a piece; true if it was one too many. */
  #failedOnce(key: SoundName): boolean {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    return failures >= MOST_FAILURES;
  }

  #lost(key: SoundName): void {
    const entry = this.#parts.spool.entries().find(([one]) => one === key);
    if (entry) this.#parts.say({ type: "lost", meeting: entry[1].meeting, turn: entry[1].turn });
    this.#drop(key);
  }
}
