/**
 * Seconds of finished speech that arrive in a second, that are decoded in a second where all is busy (null: not known
 * yet), and that wait. `workers`: those of the fleet within reach; null where there is none.
 */
export type SpeechLoad = {
  readonly arriving: number;
  readonly decodes: number | null;
  readonly waiting: number;
  readonly workers: number | null;
};

/** Speech that arrives by speech that can be decoded meanwhile: above 1 it cannot be kept up with. */
export function utilisationOf({ arriving, decodes }: Pick<SpeechLoad, "arriving" | "decodes">): number {
  if (arriving === 0 || decodes === null) return 0;
  return decodes === 0 ? Infinity : arriving / decodes;
}

/** Part of what can be decoded from which on captions get rarer, and the part at which there are none. */
export const [CAPTIONS_RARER_FROM, NO_CAPTIONS_FROM] = [0.75, 1.1] as const;

/** Seconds of speech of one more meeting in a second: somebody nearly always speaks. */
const ONE_MEETING = 0.8;

/** Part of the service that one more meeting would lack; null: nothing. The passing of the word never depends on it. */
export function lackOf({ arriving, decodes, workers }: SpeechLoad): "captions" | "text" | null {
  if (workers === null && decodes === null) return null;
  const used = utilisationOf({ arriving: arriving + ONE_MEETING, decodes });
  return used >= 1 ? "text" : used >= CAPTIONS_RARER_FROM ? "captions" : null;
}
