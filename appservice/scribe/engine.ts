import type { SpeechLanguage } from "../protocol/identity.ts";
import { ServiceError } from "../protocol/mindminder-error.ts";
import type { ErrorCode } from "../protocol/error-list.ts";

/** Sampling rate of all audio in the scribe, in hertz. */
export const SAMPLE_RATE = 16_000;

/** A stretch of speech between two pauses: mono at `SAMPLE_RATE`, each sample between -1 and 1. */
export type Speech = {
  readonly samples: Float32Array;
  readonly language: SpeechLanguage;
  /** Words worth knowing, for engines that take a prompt. */
  readonly vocabulary: readonly string[];
};

/** Words, and the seconds from the beginning of the speech at which they begin. */
export type TimedWords = { readonly text: string; readonly from: number };

/**
 * `language` is ISO 639-1, null where the engine does not say; `words` all of the text, in as many parts as times are
 * known.
 */
export type Transcript = {
  readonly text: string;
  readonly language: string | null;
  readonly words?: readonly TimedWords[];
};

/** Turns speech into text. It may be asked for several pieces at a time. */
export type Engine = {
  readonly id: string;
  readonly model: string;
  /** In a few words, for whoever looks after the service; left out where nobody knows. */
  readonly knownFor?: string;
  /** True where the vocabulary helps it; otherwise names are put right in the text it writes. */
  readonly takesVocabulary: boolean;
  /** Rejects with an `EngineError`. An aborted decoding may still run to its end, but nobody waits for it. */
  transcribe(speech: Speech, signal: AbortSignal): Promise<Transcript>;
};

/** Failure as the record names it, for speech that did not become text. */
type EngineFailure = "engine-unreachable" | "engine-refused" | "engine-failed" | "too-slow";

const CODES = {
  "engine-unreachable": "ENGINE_UNREACHABLE",
  "engine-refused": "ENGINE_REFUSED",
  "engine-failed": "ENGINE_FAILED",
  "too-slow": "ENGINE_TOO_SLOW",
} as const satisfies Record<EngineFailure, ErrorCode>;

export class EngineError extends ServiceError {
  readonly failure: EngineFailure;

  constructor(failure: EngineFailure, message: string, options?: ErrorOptions) {
    super(CODES[failure], message, options);
    this.failure = failure;
  }
}
