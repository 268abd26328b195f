import type { Trial } from "../protocol/chosen-set.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { ExperimentOutcome } from "./options.ts";
import type { Outcomes } from "./outcomes.ts";
import { cautiousVariance, confidenceSequence, type Interval } from "./statistics/confidence-sequence.ts";
import { withoutKnown } from "./statistics/cuped.ts";

/** A meeting that was in an experiment and of which everything is counted. */
export type TriedMeeting = {
  readonly room: RoomId;
  readonly trial: Trial;
  readonly startedAt: number;
  readonly outcomes: Outcomes;
};

export type Figure = ExperimentOutcome | "evenness";

/** Comparison of the second set with the first, in one figure. */
export type Comparison = {
  readonly figure: Figure;
  /** Mean of each set's meetings; null: none had anything to count. */
  readonly means: readonly [number | null, number | null];
  /** Pairs of meetings, of one block each, that could be compared. */
  readonly blocks: number;
  /** Difference by which the second set has more, as seen after each block. */
  readonly course: readonly Interval[];
};

/** Numbers of blocks before which an interval says little: variance is not known yet. */
export const LEAST_BLOCKS = 8;

/**
 * Compares meetings of one block each: the same room, one after the other, in an order that chance gave. So what
 * changes from room to room, or with time, falls out; what is known of how many people there were is taken out, too.
 */
export function compare(figure: Figure, meetings: readonly TriedMeeting[]): Comparison {
  const pairs = pairsOf(figure, meetings);
  const course = pairs.flatMap((_, i) => {
    const sofar = pairs.slice(0, i + 1);
    if (sofar.length < LEAST_BLOCKS) return [];
    const known = withoutKnown(
      sofar.map(({ more }) => more),
      sofar.map(({ morePeople }) => morePeople),
    );
    return confidenceSequence(known, { variance: cautiousVariance(known, 1) }) ?? [];
  });
  return { figure, means: [meanOf(figure, meetings, 0), meanOf(figure, meetings, 1)], blocks: pairs.length, course };
}

type Pair = { readonly at: number; readonly more: number; readonly morePeople: number };

function pairsOf(figure: Figure, meetings: readonly TriedMeeting[]): Pair[] {
  const blocks = new Map<string, TriedMeeting[]>();
  for (const each of meetings) {
    const key = JSON.stringify([each.room, each.trial.digest, each.trial.block]);
    blocks.set(key, [...(blocks.get(key) ?? []), each]);
  }
  return [...blocks.values()]
    .flatMap((of): Pair[] => {
      const [first, second] = [0, 1].map((arm) => of.find(({ trial }) => trial.arm === arm));
      const [one, other] = [first?.outcomes[figure], second?.outcomes[figure]];
      if (!first || !second || typeof one !== "number" || typeof other !== "number") return [];
      return [
        {
          at: Math.max(first.startedAt, second.startedAt),
          more: other - one,
          morePeople: second.outcomes.people - first.outcomes.people,
        },
      ];
    })
    .sort((one, other) => one.at - other.at);
}

function meanOf(figure: Figure, meetings: readonly TriedMeeting[], arm: 0 | 1): number | null {
  const values = meetings.flatMap(({ trial, outcomes }) => (trial.arm === arm ? (outcomes[figure] ?? []) : []));
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
