import type { ParticipantId } from "../protocol/identity.ts";
import type { CircleKind, CircleStage, DataOf } from "./kinds/words.ts";

export type KeptTurn = { readonly who: ParticipantId; readonly limitMs: number };

/** Data that each kind of circle keeps of its own. */
type Own = { readonly [K in CircleKind]: { readonly kind: K; readonly data: DataOf<K> } };

/** Data that a circle keeps of its own, by its kind. */
export type KindData = Own[CircleKind];

/** Changes by the keeper in a circle; left out where there are none. */
export type Steered = {
  /** Theme instead of the plan's. */
  readonly theme?: string;
  /** Source of that theme; see `sourceOf`. */
  readonly themeFrom?: string;
  readonly takenOut?: readonly ParticipantId[];
  readonly cutShort?: { readonly by: ParticipantId; readonly unheard: readonly ParticipantId[] };
};

/** A circle that ran, with what it decided: of a running one, the part that stays. */
export type EndedCircle<K extends CircleKind = CircleKind> = {
  /** Counts the circles that ran in this meeting. */
  readonly index: number;
  /** The planned circle. */
  readonly step: number;
  /** Number of times that the planned circle has run, this one included. */
  readonly round: number;
  readonly ring: readonly ParticipantId[];
} & Steered &
  Own[K];

/** The circle that ran last, as everybody still sees it until another begins. */
export type LastCircle<K extends CircleKind = CircleKind> = EndedCircle<K> & {
  /** Turns kept for the end, in order. */
  readonly kept: readonly KeptTurn[];
  readonly done: readonly ParticipantId[];
  /** Milliseconds that the keeper added to each turn that was still to come. */
  readonly moreMs: number;
};

/** The running circle. */
export type Circle<K extends CircleKind = CircleKind> = LastCircle<K> & {
  /** Stage of the circle. `round`: the word goes round. The kinds say what the others are. */
  readonly stage: CircleStage;
  /** People who have not been offered the word yet, in order. */
  readonly waiting: readonly ParticipantId[];
  readonly startedAt: number;
  /** Time at which writing, the open floor, or the circle as a whole ends. */
  readonly endsAt: number | null;
};

/** The next in order: first all who have not spoken, then those who keep a turn. */
export function nextInCircle(circle: Circle): { who: ParticipantId; limitMs: number | null } | null {
  const waiting = circle.waiting[0];
  if (waiting !== undefined) return { who: waiting, limitMs: null };
  const kept = circle.kept[0];
  return kept ? { who: kept.who, limitMs: kept.limitMs } : null;
}
