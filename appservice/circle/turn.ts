import type { ParticipantId } from "../protocol/identity.ts";
import type { HandKind } from "../protocol/scenario-words.ts";
import type { TimeMark } from "./time-mark.ts";
import type { TurnEnd } from "./turn-end.ts";

export type Turn = {
  readonly id: number;
  readonly speaker: ParticipantId;
  readonly kept: boolean;
  readonly hand: HandKind | null;
  readonly status: "offered" | "speaking";
  readonly limitMs: number;
  readonly spentMs: number;
  /** Null while the clock stands: before the word is taken, in a pause, or when the speaker dropped out. */
  readonly runningSince: number | null;
  readonly startedAt: number | null;
  readonly offeredAt: number;
  readonly marks: readonly TimeMark[];
  readonly lapsesAt: number | null;
  /** People who asked for more time: listeners for the speaker, or the speaker. */
  readonly extensionAsked: readonly ParticipantId[];
  /** People who gave more time by their right to; left out where nobody did. */
  readonly moreTimeBy?: readonly ParticipantId[];
  /** True where some or all of it was spoken by somebody whose words were not to be written down. */
  readonly unwritten?: true;
  /** True where the scribe was away for some or all of it. */
  readonly withoutScribe?: true;
};

export type EndedTurn = {
  readonly id: number;
  readonly circle: number;
  readonly speaker: ParticipantId;
  readonly hand: HandKind | null;
  readonly startedAt: number | null;
  readonly endedAt: number;
  readonly spentMs: number;
  readonly reason: TurnEnd;
  /**
   * Person who passed the word on for the speaker; left out where they did so themselves, where time did, or where it
   * is not known.
   */
  readonly passedBy?: ParticipantId;
  readonly moreTimeBy?: readonly ParticipantId[];
  /** Passed on by a spoken command. */
  readonly spoken?: true;
  readonly unwritten?: true;
  readonly withoutScribe?: true;
};

/** Time used by a turn up to `at`. */
export function spentBy(turn: Turn, at: number): number {
  return turn.spentMs + (turn.runningSince === null ? 0 : Math.max(0, at - turn.runningSince));
}

/** Time used at which a mark is due. */
export function markAt(mark: TimeMark, limitMs: number): number {
  switch (mark) {
    case "80-percent":
      return limitMs * 0.8;
    case "last-10-seconds":
      return Math.max(0, limitMs - 10_000);
    case "limit":
      return limitMs;
  }
}

/** Listeners who would give the speaker more time. */
export function votesForMore({ extensionAsked, speaker }: Turn): readonly ParticipantId[] {
  return extensionAsked.filter((id) => id !== speaker);
}
