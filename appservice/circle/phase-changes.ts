import { mayBeKeeper } from "../protocol/rights.ts";
import { lastCircle } from "./circle-changes.ts";
import type { CircleEvent } from "./event.ts";
import { type Fresh, isRunning, type Meeting, type RunningMeeting } from "./meeting.ts";
import { stopped } from "./turn-changes.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

export function gathered({ id, roomId, language, at }: Of<"meeting-gathered">): Meeting {
  return {
    id,
    roomId,
    language,
    at,
    version: 1,
    phase: "gathering",
    keeper: null,
    people: [],
    agreement: null,
    ended: [],
    outages: [],
    scribeAbsences: [],
    takenUp: null,
    nextOrder: null,
    start: null,
  };
}

/** Keeps the start until the first circle begins, by another event of the same decision. */
export function meetingStarted(meeting: Fresh, event: Of<"meeting-started">): void {
  const { by, plan, topic, seed, at, message, quotes = [] } = event;
  if (meeting.phase !== "gathering") return;
  // A group of guests alone begins in the name of one of them, whom that gives no power.
  meeting.keeper = mayBeKeeper(by) ? by : null;
  meeting.language = plan.language;
  const topicFrom = message ?? (topic === "" || event.quotes ? null : by);
  meeting.start = { plan, topic, seed, startedAt: at, topicFrom, quotes };
}

export function meetingEnded(meeting: Fresh, { at }: Of<"meeting-ended">): Meeting {
  if (!isRunning(meeting)) return meeting;
  callIsBack(meeting, at);
  return {
    id: meeting.id,
    roomId: meeting.roomId,
    version: meeting.version,
    at: meeting.at,
    language: meeting.language,
    keeper: meeting.keeper,
    people: meeting.people,
    agreement: meeting.agreement,
    ended: meeting.ended,
    outages: meeting.outages,
    scribeAbsences: meeting.scribeAbsences,
    takenUp: meeting.takenUp,
    plan: meeting.plan,
    seed: meeting.seed,
    topic: meeting.topic,
    topicFrom: meeting.topicFrom,
    quotes: meeting.quotes,
    startedAt: meeting.startedAt,
    pastCircles: meeting.pastCircles,
    turnsOffered: meeting.turnsOffered,
    phase: "ended",
    circle: lastCircle(meeting.circle),
    endedAt: at,
  };
}

/** Pauses everything that runs by time; a deadline of its own is set anew on going on. */
export function paused(meeting: Fresh<RunningMeeting>, { by, at }: Of<"meeting-paused">): void {
  if (meeting.turn) meeting.turn = { ...stopped(meeting.turn, at), lapsesAt: null };
  if (by === null) {
    meeting.waitsForCall = true;
    meeting.outages = [...meeting.outages, { at, until: null }];
  }
  meeting.pausedAt = at;
  if (meeting.phase === "between") meeting.nextCircleAt = null;
}

export function resumed(meeting: Fresh<RunningMeeting>, { lapsesAt, nextAt, at }: Of<"meeting-resumed">): void {
  const stood = at - (meeting.pausedAt ?? at);
  if (meeting.turn) meeting.turn = { ...meeting.turn, lapsesAt };
  if (meeting.phase === "between") meeting.nextCircleAt = nextAt;
  else if (meeting.circle.endsAt !== null)
    meeting.circle = { ...meeting.circle, endsAt: meeting.circle.endsAt + stood };
  callIsBack(meeting, at);
  meeting.pausedAt = null;
}

/** Moves all that runs by time behind an absence of the service. */
export function returned(meeting: Fresh<RunningMeeting>, event: Of<"service-returned">): void {
  const { since, lapsesAt, endsAt, nextAt, at } = event;
  const { turn } = meeting;
  if (turn) {
    const runs = turn.runningSince !== null;
    meeting.turn = { ...(runs ? stopped(turn, since) : turn), runningSince: runs ? at : null, lapsesAt };
  }
  if (meeting.phase === "between") meeting.nextCircleAt = nextAt;
  else meeting.circle = { ...meeting.circle, endsAt };
}

/** Or nobody waits for it any more. */
function callIsBack(meeting: Fresh<RunningMeeting>, at: number): void {
  if (!meeting.waitsForCall) return;
  meeting.waitsForCall = false;
  meeting.outages = meeting.outages.map((outage) => (outage.until === null ? { ...outage, until: at } : outage));
}
