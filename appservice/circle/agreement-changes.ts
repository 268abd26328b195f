import { covers } from "../protocol/agreement.ts";
import { mayBeWritten } from "./agreement.ts";
import type { CircleEvent } from "./event.ts";
import type { Meeting } from "./meeting.ts";

type EventOf<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

export function agreementAsked(meeting: Meeting, { asks, before: satThere }: EventOf<"agreement-asked">): Meeting {
  const { answers = [], sought = [], before = [], asks: asked = asks } = meeting.agreement ?? {};
  return markTurn({
    ...meeting,
    agreement: { asks, answers, sought, before: satThere ?? (covers(asked, asks) ? before : []) },
  });
}

export function agreementAnswered(
  meeting: Meeting,
  { who, agreed, shown, at }: EventOf<"agreement-answered">,
): Meeting {
  const { agreement } = meeting;
  if (!agreement) return meeting;
  const answers = [...agreement.answers.filter((each) => each.who !== who), { who, agreed, shown, at }];
  return markTurn({ ...meeting, agreement: { ...agreement, answers } });
}

export function agreementSought(meeting: Meeting, { who, name, message }: EventOf<"agreement-sought">): Meeting {
  const { agreement } = meeting;
  return agreement
    ? {
        ...meeting,
        agreement: {
          ...agreement,
          sought: [...agreement.sought.filter((each) => each.who !== who), { who, name, message }],
        },
      }
    : meeting;
}

/** A turn of which anything was spoken unwritten is known by that. */
export function markTurn(meeting: Meeting): Meeting {
  const { turn } = meeting;
  if (turn?.status !== "speaking" || turn.unwritten || mayBeWritten(meeting, turn.speaker)) return meeting;
  return { ...meeting, turn: { ...turn, unwritten: true } };
}
