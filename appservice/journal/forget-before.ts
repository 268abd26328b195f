import { endOf, isRunning } from "../circle/meeting.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import type { Journal } from "./journal.ts";
import type { MeetingsAtHand } from "./meetings-at-hand.ts";

type ForgettingDeps = {
  readonly journal: Journal;
  readonly atHand: MeetingsAtHand;
  readonly now: () => number;
};

export type Forgettable = {
  /** Moment before which they began. */
  readonly begun: number;
  /** Moment since which nothing happened in them. */
  readonly still: number;
  /** Also later meetings of groups whose assembly began before that moment. */
  readonly withGroups?: boolean;
  /** Tells whether something that goes on holds a meeting for which people only gather; asked as each is looked at. */
  readonly isHeld?: (meeting: MeetingId) => boolean;
};

/**
 * Takes away such meetings of a room, and returns them. One that goes on stays whole, and a room that is away whole.
 */
export async function forgetBefore(
  { journal, atHand, now }: ForgettingDeps,
  room: RoomId,
  { begun, still, withGroups = false, isHeld = () => false }: Forgettable,
): Promise<MeetingId[]> {
  const gone: MeetingId[] = [];
  for (const id of withGroups ? journal.recordBefore(room, begun) : journal.begunBefore(room, begun)) {
    const meeting = (await atHand.readByAndBy(room, id))?.meeting;
    if (atHand.isAway(room)) break;
    const goesOn = meeting && (isRunning(meeting) || (meeting.phase === "gathering" && isHeld(id)));
    const kept = meeting && (goesOn || (endOf(meeting) ?? meeting.at) >= still);
    if (kept) continue;
    journal.forget(id, now());
    atHand.forget(room, id);
    gone.push(id);
  }
  return gone;
}

/** Moment at which the last ended of a room's record before a moment, 0 where none ever began; null: one goes on. */
export async function lastEndOf(
  { journal, atHand }: Pick<ForgettingDeps, "journal" | "atHand">,
  room: RoomId,
  begun: number,
): Promise<number | null> {
  let last = 0;
  for (const id of journal.recordBefore(room, begun)) {
    const meeting = (await atHand.readByAndBy(room, id))?.meeting;
    if (meeting && isRunning(meeting)) return null;
    last = Math.max(last, endOf(meeting) ?? 0);
  }
  return last;
}
