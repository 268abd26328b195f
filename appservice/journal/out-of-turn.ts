import { circleOf, turnOf } from "../circle/meeting.ts";
import type { CirclePlace } from "../protocol/place.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { OutOfTurn } from "../protocol/out-of-turn.ts";
import type { Meetings } from "./meetings.ts";

/**
 * Most times that are noted: more say nothing new, and nobody shall fill a journal by them. The metric goes on
 * counting.
 */
const NOTED_AT_MOST = 20;

/**
 * Writes down that somebody's microphone was closed because the word was another's, or because they chose who hears
 * them.
 */
export function noteOutOfTurn(
  meetings: Pick<Meetings, "of" | "note">,
  { place, who, what, at }: { place: CirclePlace; who: ParticipantId; what: OutOfTurn; at: number },
): void {
  // A line that was filled is the admin's to know, by the metric and the log: nobody tried to be heard.
  if (what === "too-many-tracks") return;
  const live = meetings.of(place);
  if (!live || (live.record.outOfTurn.get(who)?.times ?? 0) >= NOTED_AT_MOST) return;
  const turn = turnOf(live.meeting);
  const theirs = what === "sound-withheld" && turn?.speaker === who ? { turn: turn.id } : {};
  meetings.note(live.meeting.id, {
    type: "spoke-out-of-turn",
    at,
    who,
    what,
    circle: circleOf(live.meeting)?.index ?? null,
    ...theirs,
  });
}
