import type { ParticipantId } from "../protocol/identity.ts";
import { markTurn } from "./agreement-changes.ts";
import type { Circle } from "./circle.ts";
import type { CircleEvent } from "./event.ts";
import type { Fresh, RunningMeeting } from "./meeting.ts";
import { changePerson } from "./people-changes.ts";
import { markWithoutScribe } from "./scribe-changes.ts";
import { type EndedTurn, markAt, spentBy, type Turn } from "./turn.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;
type Running = Fresh<RunningMeeting>;

export function wordOffered(
  meeting: Running,
  { turn, to, kept, hand, limitMs, lapsesAt, at }: Of<"word-offered">,
): void {
  if (hand === null) leaveTheQueue(meeting, to);
  else if (meeting.phase === "between") meeting.nextCircleAt = null;
  meeting.turnsOffered = turn;
  meeting.turn = {
    id: turn,
    speaker: to,
    kept,
    hand,
    limitMs,
    lapsesAt,
    offeredAt: at,
    status: "offered",
    spentMs: 0,
    runningSince: null,
    startedAt: null,
    marks: [],
    extensionAsked: [],
  };
}

function leaveTheQueue(meeting: Running, who: ParticipantId): void {
  if (meeting.phase !== "circle") return;
  const { circle } = meeting;
  meeting.circle = {
    ...circle,
    waiting: without(circle.waiting, who),
    kept: circle.kept.filter((kept) => kept.who !== who),
  };
}

/** Leaves a list as it is where they are not in it. */
function without(people: readonly ParticipantId[], who: ParticipantId): readonly ParticipantId[] {
  return people.includes(who) ? people.filter((id) => id !== who) : people;
}

type TurnChange = Of<
  "turn-started" | "turn-marked" | "extension-asked" | "turn-extended" | "turn-held" | "turn-continued"
>;

/** Changes within the present turn. */
export function changeTurn(meeting: Running, event: TurnChange): void {
  if (!meeting.turn) return;
  meeting.turn = turnAfter(meeting.turn, event);
  if (event.type !== "turn-started") return;
  markTurn(meeting);
  markWithoutScribe(meeting);
}

function turnAfter(turn: Turn, event: TurnChange): Turn {
  switch (event.type) {
    case "turn-started":
      return { ...turn, status: "speaking", startedAt: event.at, runningSince: event.at, lapsesAt: null };
    case "turn-marked":
      return { ...turn, marks: [...turn.marks, event.mark] };
    case "extension-asked":
      return { ...turn, extensionAsked: [...turn.extensionAsked, event.by] };
    case "turn-extended":
      return extended(turn, event);
    case "turn-held":
      return { ...stopped(turn, event.at), lapsesAt: event.lapsesAt };
    case "turn-continued":
      return { ...turn, runningSince: event.at, lapsesAt: null };
  }
}

/** Extends a turn. More time may bring a mark behind the speaker back in front of them. */
function extended(turn: Turn, { byMs, by, at }: Of<"turn-extended">): Turn {
  const limitMs = turn.limitMs + byMs;
  const passed = spentBy(turn, at);
  const marks = turn.marks.filter((mark) => passed >= markAt(mark, limitMs));
  const moreTimeBy = by === null ? turn.moreTimeBy : [...new Set([...(turn.moreTimeBy ?? []), by])];
  return { ...turn, limitMs, extensionAsked: [], marks, ...(moreTimeBy && { moreTimeBy }) };
}

/** A turn whose clock stands. */
export function stopped(turn: Turn, at: number): Turn {
  return { ...turn, spentMs: spentBy(turn, at), runningSince: null };
}

export function turnEnded(meeting: Running, event: Of<"turn-ended">): void {
  const { turn } = meeting;
  if (!turn) return;
  const { speaker, keepsMs, spentMs } = event;
  if (turn.hand !== null) handLowered(meeting, speaker);
  else if (meeting.phase === "circle") meeting.circle = heardIn(meeting.circle, speaker, keepsMs);
  changePerson(meeting, speaker, (person) => ({ ...person, spokenMs: person.spokenMs + spentMs }));
  // Copies the list once; a spread with something behind it grows it a second time.
  meeting.ended = meeting.ended.toSpliced(meeting.ended.length, 0, endedTurn(turn, meeting.circle.index, event));
  meeting.turn = null;
}

function heardIn(circle: Circle, speaker: ParticipantId, keepsMs: number | null): Circle {
  if (keepsMs !== null) return { ...circle, kept: [...circle.kept, { who: speaker, limitMs: keepsMs }] };
  return { ...circle, done: [...without(circle.done, speaker), speaker] };
}

function endedTurn(
  turn: Turn,
  circle: number,
  { speaker, spentMs, reason, by, door, at }: Of<"turn-ended">,
): EndedTurn {
  const passedBy = reason === "forced" || (reason === "skipped" && by !== speaker) ? by : null;
  return {
    id: turn.id,
    circle,
    speaker,
    hand: turn.hand,
    startedAt: turn.startedAt,
    endedAt: at,
    spentMs,
    reason,
    ...(passedBy !== null && { passedBy }),
    ...(turn.moreTimeBy && { moreTimeBy: turn.moreTimeBy }),
    ...(door === "speech" && { spoken: true }),
    ...(turn.unwritten && { unwritten: turn.unwritten }),
    ...(turn.withoutScribe && { withoutScribe: turn.withoutScribe }),
  };
}

export function handRaised(meeting: Running, { who, hand, at }: Of<"hand-raised">): void {
  meeting.hands = [...meeting.hands.filter((up) => up.who !== who), { who, hand, raisedAt: at }];
}

export function handLowered(meeting: Running, who: ParticipantId): void {
  meeting.hands = meeting.hands.filter((up) => up.who !== who);
}
