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
