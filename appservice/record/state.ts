import type { ChosenSet } from "../protocol/chosen-set.ts";
import type { CorrectionMade } from "../protocol/correction.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import type { Pot } from "../protocol/pot.ts";
import type { TextChange } from "../protocol/text-change.ts";
import type { Confirmation, DrawnGraph, FailedMinutes, WaitingComment } from "./event.ts";
import { type KeptComment, wordedBy } from "./kept-comment.ts";
import { PersistentList } from "./persistent-list.ts";
import { PersistentMap } from "./persistent-map.ts";

/** Completeness of a turn: whether all its text came, and of how many seconds there is none. */
export type HeardTurn = { readonly complete: boolean; readonly unheardSeconds?: number };

export type ShownPot = { readonly pot: Pot; readonly objectedBy: ParticipantId | null };

/** `circle`: where it became worth telling the room. */
export type OutOfTurnOfOne = { readonly times: number; readonly at: number; readonly circle: number | null };

/** State of all that came out of a meeting, as its events say it. Never changed: `evolveRecord` makes another of it. */
export type RecordState = {
  /** Number of events. */
  readonly version: number;
  /** Utterances in the order in which they were said. */
  readonly utterances: PersistentList<Utterance>;
  /** Turns all of whose text has arrived. */
  readonly heard: PersistentMap<number, HeardTurn>;
  /** Turns whose text came or comes late. */
  readonly late: PersistentMap<number, true>;
  readonly comments: PersistentList<KeptComment>;
  /** Comments that wait for the word of whoever typed them. */
  readonly waiting: readonly WaitingComment[];
  readonly minutes: readonly MinutesEntry[];
  readonly failed: readonly FailedMinutes[];
  readonly corrections: PersistentList<CorrectionMade>;
  /** Corrections that somebody else said are right. */
  readonly confirmations: PersistentList<Confirmation>;
  /** Pots that were shown, and whoever objected to each first. */
  readonly pots: readonly ShownPot[];
  readonly graph: DrawnGraph | null;
  /** Set that serves the meeting, and since when people see results of it; null: none was chosen. */
  readonly served: { readonly chosen: ChosenSet; readonly shownAt: number | null } | null;
  /** People whose microphone was closed out of turn; no part of what everybody may see. */
  readonly outOfTurn: ReadonlyMap<ParticipantId, OutOfTurnOfOne>;
  /** People who chose who hears them, and the circle in which they did so first. */
  readonly withheld: ReadonlyMap<ParticipantId, { readonly circle: number | null }>;
  /** Turns whose speaker did so. */
  readonly withheldTurns: ReadonlySet<number>;
  /** Keys of results that are being made anew. */
  readonly remaking: ReadonlySet<string>;
  /** Changes of the text of something said or typed, each time that it became another. */
  readonly changes: PersistentList<TextChange>;
  /** Number of these that each result had before it when its making began. */
  readonly basis: PersistentMap<string, number>;
  /** Ids of what was taken back: nothing that rests on it keeps its words. */
  readonly gone: PersistentMap<string, true>;
  /**
   * Number of changes of texts by which words under each id were gone, also where others stand there since: a result
   * that knew of fewer may hold them.
   */
  readonly goneBy: PersistentMap<string, number>;
  /** Ids of the same in order, with those of texts that their writer put into other words. */
  readonly takenBack: PersistentList<string>;
  /**
   * True once words of it were taken back: from then on the journal is looked through for everything that rests on
   * them.
   */
  readonly tookBack: boolean;
  /** Number of letters that corrected utterances had at most; see `longestOf`. */
  readonly longest: PersistentMap<string, number>;
};

export const EMPTY_RECORD: RecordState = {
  version: 0,
  utterances: PersistentList.empty(),
  heard: PersistentMap.empty(),
  late: PersistentMap.empty(),
  comments: PersistentList.empty(),
  waiting: [],
  minutes: [],
  failed: [],
  corrections: PersistentList.empty(),
  confirmations: PersistentList.empty(),
  pots: [],
  graph: null,
  served: null,
  outOfTurn: new Map(),
  withheld: new Map(),
  withheldTurns: new Set(),
  remaking: new Set(),
  changes: PersistentList.empty(),
  basis: PersistentMap.empty(),
  gone: PersistentMap.empty(),
  goneBy: PersistentMap.empty(),
  takenBack: PersistentList.empty(),
  tookBack: false,
  longest: PersistentMap.empty(),
};

/** Number of letters that an utterance's text ever had: by this it keeps its place in a message of several parts. */
export function longestOf({ longest }: Pick<RecordState, "longest">, { id, text }: Utterance): number {
  return Math.max(longest.get(id) ?? 0, text.length);
}

/** A comment, as long as it, or what an edit left of it, may still be seen some day. */
export function keptComment({ comments }: Pick<RecordState, "comments">, id: string): KeptComment | null {
  return comments.find((comment) => comment.id === id && comment.versions.length > 0) ?? null;
}

/** Tells whether one of the comments was put into other words by that event. */
export function hasEdit({ comments }: Pick<RecordState, "comments">, edit: string): boolean {
  return comments.some((comment) => wordedBy(comment, edit));
}
