import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { ParticipantId } from "../../protocol/identity.ts";

type Bound = { readonly comments: number; readonly letters: number };

/** Far more than people write who also listen; what goes beyond stays in the room, and only there. */
const OF_ONE_IN_CIRCLE: Bound = { comments: 300, letters: 30_000 };
const OF_MEETING: Bound = { comments: 3_000, letters: 300_000 };

/** Bound that is reached: the person's or the meeting's. */
export type Full = "person" | "meeting";

/**
 * Bound that keeps a record from taking another comment, or a longer one in the place of one it has; null: none does.
 */
export function whatIsFull(
  { record }: LiveMeeting,
  {
    who,
    circle,
    letters,
    instead,
  }: { readonly who: ParticipantId; readonly circle: number; readonly letters: number; readonly instead?: string },
): Full | null {
  const others = record.comments.filter(({ id }) => id !== instead);
  if (
    isOver(
      others.filter((comment) => comment.who === who && comment.circle === circle),
      letters,
      OF_ONE_IN_CIRCLE,
    )
  )
    return "person";
  return isOver(others, letters, OF_MEETING) ? "meeting" : null;
}

function isOver(comments: readonly { readonly text: string }[], letters: number, most: Bound): boolean {
  return (
    comments.length >= most.comments || comments.reduce((sum, { text }) => sum + text.length, letters) > most.letters
  );
}
