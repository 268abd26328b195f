import { endOf, isRunning } from "../circle/meeting.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import type { Journal } from "./journal.ts";
import type { MeetingsAtHand } from "./meetings-at-hand.ts";

type ForgettingDeps = {
  readonly journal: Journal;
  readonly atHand: MeetingsAtHand;
  readonly now: () => number;
};

/** Takes away the meetings of a room of which nothing happened since a moment, and returns them. One that goes on stays whole. */
export async function forgetBefore(
  { journal, atHand, now }: ForgettingDeps,
  room: RoomId,
  moment: number,
): Promise<MeetingId[]> {
  const gone: MeetingId[] = [];
  for (const id of journal.begunBefore(room, moment)) {
    const meeting = (await atHand.readByAndBy(room, id))?.meeting;
    const kept = meeting && (isRunning(meeting) || (endOf(meeting) ?? meeting.at) >= moment);
    if (kept) continue;
    journal.forget(id, now());
    atHand.forget(room, id);
    gone.push(id);
  }
  return gone;
}
