import type { RunningAssembly } from "../assembly/assembly.ts";
import type { AgreementAnswer } from "../circle/agreement.ts";
import type { Meeting } from "../circle/meeting.ts";
import { covers } from "../protocol/agreement.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { LiveMeeting } from "./live-meeting.ts";

type Answer = Pick<AgreementAnswer, "agreed" | "shown">;

/**
 * Newest answers of people in the rings of an assembly on whether their words may be written down. They go along into
 * the next ring: whoever is moved is not asked anew what they have answered a moment ago.
 */
export function answersSoFar(
  assembly: Pick<RunningAssembly, "held">,
  meetings: readonly Pick<LiveMeeting, "meeting">[],
): ReadonlyMap<ParticipantId, Answer> {
  const held = new Set(assembly.held.map(({ meeting }) => meeting));
  const given = meetings.flatMap(({ meeting }) => (held.has(meeting.id) ? (meeting.agreement?.answers ?? []) : []));
  return new Map(given.toSorted((one, other) => one.at - other.at).map((each) => [each.who, each]));
}

/** An answer as it is given with a seat in a meeting; null where that asks for more than was agreed to. */
export function broughtAlong(answer: Answer | undefined, { agreement }: Pick<Meeting, "agreement">): Answer | null {
  if (!answer || !agreement || (answer.agreed && !covers(answer.shown, agreement.asks))) return null;
  return { agreed: answer.agreed, shown: answer.shown };
}
