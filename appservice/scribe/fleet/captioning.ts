import type { Redis } from "ioredis";
import { clearTimer, startTimer } from "../../time/time.ts";
import { EngineError, type Speech, type Transcript } from "../engine.ts";
import { fleetKeys, partialQueue } from "./cards.ts";
import { CaptionAnswer, openText, sealSpeech } from "./cargo.ts";
import { Lanes } from "./lanes.ts";
import type { FleetSeal } from "./sealing.ts";

/** A caption that is older than this is not shown: the next one has more. */
const SHOWN_WITHIN_MS = 2_500;
const NEWEST_LASTS_S = 30;
const KEPT_RESULTS = 500;

type Asked = { readonly version: number; readonly resolve: (found: Transcript) => void };

export type CaptioningDeps = { readonly redis: Redis; readonly seal: FleetSeal };

/** Captions by the fleet: of each turn only the newest sound is decoded, also while an older one is under way. */
export class Captioning {
  readonly #parts: CaptioningDeps;
  readonly #keys: ReturnType<typeof fleetKeys>;
  readonly #lanes: Lanes;
  readonly #asked = new Map<string, Asked>();
  #versions = 0;

  constructor(parts: CaptioningDeps) {
    this.#parts = parts;
    this.#keys = fleetKeys(parts.seal.fingerprint);
    this.#lanes = new Lanes({
      redis: parts.redis,
      prefix: this.#keys.prefix,
      kept: KEPT_RESULTS,
      listen: (events) => void events.on("completed", ({ returnvalue }) => this.#take(returnvalue)),
    });
  }

  /** Opens the way to a crew, so that its first caption need not wait for it. */
  prepare(crew: string): void {
    void this.#lanes.of(partialQueue(crew)).catch(() => {});
  }

  /** Number of captions under way. */
  get count(): number {
    return this.#asked.size;
  }

  /** Asks for a caption; rejects where it is not there in its time. */
  ask(crew: string, turn: string, speech: Speech): Promise<Transcript> {
    const version = ++this.#versions;
    return new Promise((resolve, reject) => {
      const over = (act: () => void) => {
        clearTimer(timer);
        if (this.#asked.get(turn)?.version === version) this.#asked.delete(turn);
        act();
      };
      const tooLate = () => over(() => reject(new EngineError("too-slow", "the caption came too late")));
      const timer = startTimer(tooLate, SHOWN_WITHIN_MS);
      this.#asked.set(turn, { version, resolve: (found) => over(() => resolve(found)) });
      this.#put(crew, turn, speech, version).catch((error: Error) => over(() => reject(error)));
    });
  }

  close(): Promise<void> {
    return this.#lanes.close();
  }

  async #put(crew: string, turn: string, speech: Speech, version: number): Promise<void> {
    const { redis, seal } = this.#parts;
    const { queue } = await this.#lanes.of(partialQueue(crew));
    // Beside the job, since a job that waits already is not given newer sound: its worker reads this when it begins.
    await redis.set(this.#keys.newest(turn), sealSpeech(seal, turn, speech, version), "EX", NEWEST_LASTS_S);
    await queue.add(
      "caption",
      { turn },
      { deduplication: { id: turn, keepLastIfActive: true }, removeOnComplete: true, removeOnFail: true },
    );
  }

  #take(returned: unknown): void {
    const answer = CaptionAnswer.safeParse(returned);
    const asked = this.#asked.get(answer.data?.turn ?? "");
    if (!answer.success || !asked) return;
    const { turn, sealed } = answer.data;
    try {
      const { version, text, language } = openText(this.#parts.seal, turn, sealed);
      if (version === asked.version) asked.resolve({ text, language });
    } catch {
      // A caption that cannot be opened is none; the piece's text will be.
    }
  }
}
