import type { CircleEvent } from "./event.ts";
import { type Fresh, isRunning, type RunningMeeting } from "./meeting.ts";
import { scribeAway } from "./scribe-absence.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

export function scribeWent(meeting: Fresh, { by, at }: Of<"scribe-sent-away">): void {
  meeting.scribeAbsences = [...meeting.scribeAbsences, { at, by, until: null, backBy: null }];
  if (isRunning(meeting)) markWithoutScribe(meeting);
}

export function scribeCame(meeting: Fresh, { by, at }: Of<"scribe-asked-back">): void {
  meeting.scribeAbsences = meeting.scribeAbsences.map((each) =>
    each.until === null ? { ...each, until: at, backBy: by } : each,
  );
}

/** A turn of which anything was spoken without the scribe is known by that. */
export function markWithoutScribe(meeting: Fresh<RunningMeeting>): void {
  const { turn } = meeting;
  if (turn?.status === "speaking" && scribeAway(meeting)) meeting.turn = { ...turn, withoutScribe: true };
}
