import type { CircleSnapshot, MeetingSnapshot, TurnSnapshot } from "../protocol/meeting-snapshot.ts";
import { timing } from "./clock.ts";
import { type Meeting, nextInCircle, present, type Turn } from "./meeting.ts";

/** The meeting as everybody may see it. */
export function snapshotOf(meeting: Meeting, at: number): MeetingSnapshot {
  const { circle, plan, turn } = meeting;
  return {
    format: 1,
    id: meeting.id,
    roomId: meeting.roomId,
    version: meeting.version,
    at,
    phase: meeting.phase,
    paused: meeting.paused,
    scenario: { id: plan?.scenario ?? "", title: plan?.title ?? "" },
    topic: meeting.topic,
    language: meeting.language,
    keeper: meeting.keeper,
    people: meeting.people.map((person) => ({ ...person })),
    circles: circlesOf(meeting),
    circle: circle?.index ?? null,
    ring: [...(circle?.ring ?? [])],
    done: [...(circle?.done ?? [])],
    returns: (circle?.kept ?? []).map(({ who }) => who),
    turn: turn && turnOf(turn, plan?.graceMs ?? 0),
    next: nextSpeaker(meeting),
    nextCircleAt: meeting.nextCircleAt,
    startedAt: meeting.startedAt,
    endedAt: meeting.endedAt,
  };
}

function circlesOf({ plan, circle, phase }: Meeting): CircleSnapshot[] {
  const status = (index: number) => {
    if (!circle || index > circle.index) return "waiting";
    return index === circle.index && phase === "circle" ? "running" : "done";
  };
  return (plan?.circles ?? []).map(({ kind, theme, limitMs }, index) => ({
    index, kind, theme, secondsPerTurn: limitMs / 1000, status: status(index),
  }));
}

function turnOf(turn: Turn, graceMs: number): TurnSnapshot {
  const { id, speaker, limitMs, spentMs, runningSince, lapsesAt } = turn;
  const status = turn.status === "offered" ? "offered" : runningSince === null ? "held" : "speaking";
  return { id, speaker, status, limitMs, spentMs, runningSince, lapsesAt, ...timing(turn, graceMs) };
}

function nextSpeaker(meeting: Meeting): string | null {
  if (meeting.phase === "circle") return (meeting.circle && nextInCircle(meeting.circle)?.who) ?? null;
  return meeting.phase === "between" ? (present(meeting)[0] ?? null) : null;
}
