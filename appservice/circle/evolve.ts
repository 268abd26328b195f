import { agreementAnswered, agreementAsked, agreementSought } from "./agreement-changes.ts";
import { changeCircle, circleEnded, circleStarted } from "./circle-changes.ts";
import type { CircleEvent } from "./event.ts";
import { type Fresh, isRunning, type Meeting, type RunningMeeting } from "./meeting.ts";
import { gathered, meetingEnded, meetingStarted, paused, resumed, returned } from "./phase-changes.ts";
import { personJoined, personLeft, personRenamed, presenceChanged } from "./people-changes.ts";
import { scribeCame, scribeWent } from "./scribe-changes.ts";
import { orderSet, themeSet } from "./steered.ts";
import { takenUp } from "./take-up.ts";
import { changeTurn, handLowered, handRaised, turnEnded, wordOffered } from "./turn-changes.ts";
import { wordsTakenBack } from "./words-taken-back.ts";

/** Fold of a whole journal. Throws only when its first event is not a beginning: a journal of ours never is. */
export function replay(events: Iterable<CircleEvent>): Meeting {
  let meeting: Meeting | null = null;
  for (const event of events) meeting = evolve(meeting, event);
  if (!meeting) throw new Error("a journal without events has no meeting");
  return meeting;
}

/**
 * The meeting after an event. It is copied once, and what the event changes is written into the copy; an event that has
 * no place in the meeting's phase changes nothing but its version.
 */
export function evolve(meeting: Meeting | null, event: CircleEvent): Meeting {
  if (event.type === "meeting-gathered") return gathered(event);
  if (event.type === "meeting-taken-up") return takenUp(event.snapshot, event.course, meeting, event.at);
  if (!meeting) throw new Error(`a journal cannot begin with ${event.type}`);
  const fresh: Fresh = { ...meeting, version: meeting.version + 1, at: Math.max(meeting.at, event.at) };
  switch (event.type) {
    case "circle-started":
      return circleStarted(fresh, event);
    case "circle-ended":
      return circleEnded(fresh, event);
    case "meeting-ended":
      return meetingEnded(fresh, event);
    default:
      change(fresh, event);
      return fresh;
  }
}

type OfAPhase = Extract<
  CircleEvent,
  { type: "meeting-gathered" | "meeting-taken-up" | "circle-started" | "circle-ended" | "meeting-ended" }
>;
type Change = Exclude<CircleEvent, OfAPhase>;

/** Changes that leave the phase as it is. */
function change(meeting: Fresh, event: Change): void {
  switch (event.type) {
    case "person-joined":
      return personJoined(meeting, event);
    case "person-renamed":
      return personRenamed(meeting, event);
    case "person-connected":
      return presenceChanged(meeting, event.who, "call");
    case "person-dropped":
      return presenceChanged(meeting, event.who, "away");
    case "person-left":
      return personLeft(meeting, event);
    case "meeting-started":
      return meetingStarted(meeting, event);
    case "keeper-changed":
      meeting.keeper = event.to;
      return;
    case "order-set":
      return orderSet(meeting, event);
    case "words-taken-back":
      return wordsTakenBack(meeting, event.message);
    case "words-erased":
      return wordsTakenBack(meeting, event.who);
    case "agreement-asked":
      return agreementAsked(meeting, event);
    case "agreement-sought":
      return agreementSought(meeting, event);
    case "agreement-answered":
      return agreementAnswered(meeting, event);
    case "scribe-sent-away":
      return scribeWent(meeting, event);
    case "scribe-asked-back":
      return scribeCame(meeting, event);
    default:
      if (isRunning(meeting)) changeRunning(meeting, event);
  }
}

type Anytime =
  | "person-joined"
  | "person-renamed"
  | "person-connected"
  | "person-dropped"
  | "person-left"
  | "meeting-started"
  | "keeper-changed"
  | "order-set"
  | "words-taken-back"
  | "words-erased"
  | "agreement-asked"
  | "agreement-sought"
  | "agreement-answered"
  | "scribe-sent-away"
  | "scribe-asked-back";

function changeRunning(meeting: Fresh<RunningMeeting>, event: Exclude<Change, { type: Anytime }>): void {
  switch (event.type) {
    case "word-offered":
      return wordOffered(meeting, event);
    case "turn-started":
    case "turn-marked":
    case "extension-asked":
    case "turn-extended":
    case "turn-held":
    case "turn-continued":
      return changeTurn(meeting, event);
    case "turn-ended":
      return turnEnded(meeting, event);
    case "hand-raised":
      return handRaised(meeting, event);
    case "hand-lowered":
      return handLowered(meeting, event.who);
    case "theme-set":
      return themeSet(meeting, event);
    case "rest-began":
      if (meeting.phase === "between") meeting.nextCircleAt = event.nextAt;
      return;
    case "meeting-paused":
      return paused(meeting, event);
    case "meeting-resumed":
      return resumed(meeting, event);
    case "service-returned":
      return returned(meeting, event);
    default:
      if (meeting.phase === "circle") changeCircle(meeting, event);
  }
}
