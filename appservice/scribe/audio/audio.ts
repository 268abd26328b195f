import { ServiceError } from "../../protocol/mindminder-error.ts";

/** Sound as a file holds it: its own rate, each channel by itself, samples between -1 and 1. */
export type Audio = { readonly rate: number; readonly channels: readonly Float32Array[] };

/** Thrown for a file that is no audio we can read; the message says for people what is wrong with it. */
export class UnreadableAudio extends ServiceError {
  constructor(message: string, options?: ErrorOptions) {
    super("AUDIO_UNREADABLE", message, options);
  }
}
