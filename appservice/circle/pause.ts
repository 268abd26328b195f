import type { ParticipantId } from "../protocol/identity.ts";
import type { Command, PersonCommand } from "./command.ts";
import { accept, type Ruling, refuse } from "./ruling.ts";
import { goOn, HOLD_MS, OFFER_MS, opensAtOnce, startTurn, EventRecorder } from "./flow.ts";
import { isRunning, type Meeting, personOf, type RunningMeeting } from "./meeting.ts";
import { allowed } from "./steering.ts";

type At = { readonly at: number };

/** Time stands still, and nobody is heard. */
export function pause(meeting: Meeting, command: PersonCommand): Ruling {
  if (!isRunning(meeting)) return refuse("no-meeting");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (meeting.pausedAt !== null) return refuse("already-paused");
  return accept({ type: "meeting-paused", by: command.actor.id, at: command.at });
}

export function resume(meeting: Meeting, command: PersonCommand): Ruling {
  if (!isRunning(meeting)) return refuse("no-meeting");
  if (!allowed("steer", meeting, command)) return refuse("not-keeper");
  if (meeting.pausedAt === null) return refuse("not-paused");
  return goOnAfterPause(meeting, command.actor.id, command.at);
}

/**
 * Pauses the meeting, for nobody can be heard: time stands still until the call is back, unless nobody was in it. The
 * keeper may go on without it.
 */
export function callLost(meeting: Meeting, { at }: At): Ruling {
  const inCall = meeting.people.some(({ presence }) => presence === "call");
  return isRunning(meeting) && meeting.pausedAt === null && inCall
    ? accept({ type: "meeting-paused", by: null, at })
    : accept();
}

/** A pause that people made stays theirs to end. */
export function callBack(meeting: Meeting, { at }: At): Ruling {
  return isRunning(meeting) && meeting.waitsForCall ? goOnAfterPause(meeting, null, at) : accept();
}

const MOVES_ON = new Set<Command["type"]>(["accept", "pass", "skip", "give-word", "next-circle", "end-circle"]);

/** The word goes to nobody while nobody could be heard. */
export function mayMoveOn(meeting: Meeting, { type }: Command): boolean {
  return !(isRunning(meeting) && meeting.waitsForCall && MOVES_ON.has(type));
}

function goOnAfterPause(meeting: RunningMeeting, by: ParticipantId | null, at: number): Ruling {
  const { turn, phase } = meeting;
  const away = turn !== null && personOf(meeting, turn.speaker)?.presence === "away";
  const lapsesAt = turn?.status === "offered" ? at + OFFER_MS : away ? at + HOLD_MS : null;
  const nextAt = phase === "between" && !turn ? at + meeting.plan.betweenMs : null;
  const story = new EventRecorder(meeting);
  story.add({ type: "meeting-resumed", by, lapsesAt, nextAt, at });
  if (turn?.status === "speaking" && !away) story.add({ type: "turn-continued", turn: turn.id, at });
  if (turn?.status === "offered" && opensAtOnce(story.meeting, turn.speaker)) startTurn(story, at);
  goOn(story, at);
  return accept(...story.events);
}
