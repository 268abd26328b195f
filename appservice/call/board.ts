import type { CallMetadata } from "../protocol/call-metadata.ts";
import { Reconciler } from "../retry/reconciler.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";

/** LiveKit's limit for the metadata of a room, in bytes. */
const BYTES_AT_MOST = 64_000;
/** Time within which growth of the record is told together: many small pieces come just when the floor has passed. */
const RECORD_WITHIN_MS = 300;

type Deps = {
  readonly tell: (metadata: string) => Promise<void>;
  /**
   * Called when everybody in the call has the metadata, or can have it from the service alone because it is too large.
   */
  readonly onTold: (metadata: CallMetadata) => void;
  readonly onFailure: (error: unknown) => void;
  readonly onTooLarge: (bytes: number) => void;
};

/** Shows everybody in the call how the meeting stands. */
export class Board {
  readonly #options: Deps;
  readonly #call: Reconciler<CallMetadata>;
  #text = "";
  #metadata: CallMetadata = { meeting: null, record: 0 };
  /** Version of the meeting that was shown last, with the people who listened and the key. */
  #shown: string | undefined;
  #recordGrew: Timer | undefined;

  constructor(options: Deps) {
    this.#options = options;
    this.#call = new Reconciler({
      act: async (metadata) => {
        await options.tell(JSON.stringify(metadata));
        options.onTold(metadata);
      },
      onFailure: options.onFailure,
    });
  }

  get text(): string {
    return this.#text;
  }

  get settled(): boolean {
    return this.#call.settled && this.#recordGrew === undefined;
  }

  show(metadata: CallMetadata): void {
    const text = JSON.stringify(metadata);
    if (text === this.#text) return;
    const bytes = Buffer.byteLength(text);
    if (bytes > BYTES_AT_MOST) {
      this.#options.onTooLarge(bytes);
      return this.#options.onTold(metadata);
    }
    this.#text = text;
    this.#metadata = metadata;
    const { meeting, listening, epoch, gathering, recorded } = metadata;
    const state = JSON.stringify([meeting?.id, meeting?.version, listening?.version, epoch, gathering, recorded]);
    if (state === this.#shown) {
      this.#recordGrew ??= startTimer(() => this.#send(), RECORD_WITHIN_MS);
    } else {
      this.#shown = state;
      this.#send();
    }
  }

  hurry(): void {
    this.#call.hurry();
  }

  close(): void {
    clearTimer(this.#recordGrew);
    this.#call.stop();
  }

  #send(): void {
    clearTimer(this.#recordGrew);
    this.#recordGrew = undefined;
    this.#call.want(this.#metadata);
  }
}
