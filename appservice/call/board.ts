import type { CallMetadata } from "../protocol/call-metadata.ts";
import { Latest } from "./latest.ts";

/** LiveKit's limit for the metadata of a room, in bytes. */
const BYTES_AT_MOST = 64_000;
/** A record grows by many small pieces, just when the word has passed; people are told of them together. */
const RECORD_WITHIN_MS = 300;

type Options = {
  readonly tell: (metadata: string) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  readonly onTooLarge: (bytes: number) => void;
};

/** Shows everybody in the call how the meeting stands. */
export class Board {
  readonly #options: Options;
  readonly #latest: Latest<string>;
  #text = "";
  /** Which state of which meeting was shown last; null: that there is none. */
  #shown: string | null | undefined;
  #recordGrew: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#latest = new Latest(options.tell, options.onFailure);
  }

  /** Nothing was ever put on it. */
  get isBare(): boolean {
    return this.#shown === undefined;
  }

  get text(): string {
    return this.#text;
  }

  get settled(): boolean {
    return this.#latest.settled && this.#recordGrew === undefined;
  }

  show(metadata: CallMetadata): void {
    const text = JSON.stringify(metadata);
    if (text === this.#text) return;
    const bytes = Buffer.byteLength(text);
    if (bytes > BYTES_AT_MOST) return this.#options.onTooLarge(bytes);
    this.#text = text;
    const state = metadata.meeting && `${metadata.meeting.id} ${metadata.meeting.version}`;
    if (state === this.#shown) {
      this.#recordGrew ??= setTimeout(() => this.#send(), RECORD_WITHIN_MS);
    } else {
      this.#shown = state;
      this.#send();
    }
  }

  hurry(): void {
    this.#latest.hurry();
  }

  close(): void {
    clearTimeout(this.#recordGrew);
    this.#latest.close();
  }

  #send(): void {
    clearTimeout(this.#recordGrew);
    this.#recordGrew = undefined;
    this.#latest.put(this.#text);
  }
}
