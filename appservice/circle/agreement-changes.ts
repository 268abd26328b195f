import { covers } from "../protocol/agreement.ts";
import { type Agreement, mayBeWritten } from "./agreement.ts";
import type { CircleEvent } from "./event.ts";
import { type Fresh, isRunning, type Meeting, type RunningMeeting } from "./meeting.ts";

type EventOf<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

export function agreementAsked(meeting: Fresh, event: EventOf<"agreement-asked">): void {
  meeting.agreement = agreementFrom(meeting, event);
  if (isRunning(meeting)) markTurn(meeting);
}

/** Agreement once other items are asked; those who sat there before go on as they were only where none was added. */
export function agreementFrom(
  { agreement, people, phase }: Pick<Meeting, "agreement" | "people" | "phase">,
  { asks, before: satThere }: Pick<EventOf<"agreement-asked">, "asks" | "before">,
): Agreement {
  const { answers = [], sought = [], before = [], asks: asked = asks, untold = [] } = agreement ?? {};
  // Before anybody was asked, everybody's words were written down.
  const written = agreement?.written ?? (phase === "gathering" ? [] : people.map(({ id }) => id));
  const isLess = agreement !== null && covers(asked, asks);
  return {
    asks,
    answers,
    sought,
    before: satThere ?? (isLess ? before : []),
    written,
    untold: isLess ? untold : written,
  };
}

export function agreementAnswered(meeting: Fresh, { who, agreed, shown, at }: EventOf<"agreement-answered">): void {
  const { agreement } = meeting;
  if (!agreement) return;
  const answers = [...agreement.answers.filter((each) => each.who !== who), { who, agreed, shown, at }];
  const { written, untold } = agreement;
  meeting.agreement = {
    ...agreement,
    answers,
    written: agreed && !written.includes(who) ? [...written, who] : written,
    untold: agreed ? untold.filter((each) => each !== who) : untold,
  };
  if (isRunning(meeting)) markTurn(meeting);
}

export function agreementSought(meeting: Fresh, { who, name, message }: EventOf<"agreement-sought">): void {
  const { agreement } = meeting;
  if (!agreement) return;
  const sought = [...agreement.sought.filter((each) => each.who !== who), { who, name, message }];
  meeting.agreement = { ...agreement, sought };
}

/** A turn of which anything was spoken unwritten is known by that. */
export function markTurn(meeting: Fresh<RunningMeeting>): void {
  const { turn } = meeting;
  if (turn?.status !== "speaking" || turn.unwritten || mayBeWritten(meeting, turn.speaker)) return;
  meeting.turn = { ...turn, unwritten: true };
}
