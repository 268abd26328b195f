import { type Comparison, type Figure, LEAST_BLOCKS } from "./compare.ts";

/**
 * Weight of evidence from which on a ratio is an alarm: of experiments in order one in a hundred has it, however often
 * looked at.
 */
export const UNEQUAL_FROM = 100;

const LESS_IS_BETTER: ReadonlySet<Figure> = new Set(["edits", "redone", "text-delay"]);

export type ExperimentVerdict =
  /** One set is shown less often than it should be: something keeps its results away, and nothing else counts. */
  | { readonly kind: "unequal" }
  | { readonly kind: "too-few"; readonly missing: number }
  | { readonly kind: "no-difference" }
  /** `worse`: other figures in which the better set is worse. */
  | { readonly kind: "better"; readonly arm: 0 | 1; readonly worse: readonly Figure[] };

type Seen = {
  readonly unequal: number;
  readonly deciding: Comparison;
  readonly others: readonly Comparison[];
};

/** Judges what is seen of an experiment so far. It may be asked after every meeting. */
export function verdictOn({ unequal, deciding, others }: Seen): ExperimentVerdict {
  if (unequal >= UNEQUAL_FROM) return { kind: "unequal" };
  if (deciding.blocks < LEAST_BLOCKS) return { kind: "too-few", missing: LEAST_BLOCKS - deciding.blocks };
  const arm = betterIn(deciding);
  if (arm === null) return { kind: "no-difference" };
  const worse = others.filter((other) => betterIn(other) === 1 - arm).map(({ figure }) => figure);
  return { kind: "better", arm, worse };
}

/** The set that is better in a figure; null where no difference is seen. */
function betterIn({ figure, course }: Comparison): 0 | 1 | null {
  const last = course.at(-1);
  if (!last || (last.low <= 0 && last.high >= 0)) return null;
  const hasMore = last.low > 0 ? 1 : 0;
  return LESS_IS_BETTER.has(figure) ? (hasMore === 1 ? 0 : 1) : hasMore;
}
