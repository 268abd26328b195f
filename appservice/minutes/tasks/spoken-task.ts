import type { ParticipantId } from "../../protocol/identity.ts";

/** Promise or assignment found in a sentence; its places count in that sentence. */
export type SpokenTask = {
  readonly start: number;
  readonly end: number;
  readonly owner: ParticipantId | null;
  /** Place where its title begins. */
  readonly titleFrom: number;
  /** True for an offer or a need rather than a promise: it counts only with a date. */
  readonly needsDate: boolean;
};

/** Ends each task before the next one begins. */
export function apart(tasks: readonly SpokenTask[]): SpokenTask[] {
  const sorted = [...tasks].sort((a, b) => a.start - b.start);
  return sorted.flatMap((task, i) => {
    const before = sorted[i - 1];
    if (before && before.titleFrom === task.titleFrom) return []; // one promise, recognised twice
    return [
      {
        ...task,
        end: Math.min(
          task.end,
          sorted.slice(i + 1).find((next) => next.titleFrom !== task.titleFrom)?.start ?? task.end,
        ),
      },
    ];
  });
}
