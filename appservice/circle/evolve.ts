import type { Presence } from "../protocol/meeting-snapshot.ts";
import type { CircleEvent } from "./event.ts";
import { type Circle, type Meeting, type Person, personOf, spentBy, type Turn } from "./meeting.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

/** Fold of a whole journal. Throws only when its first event is not a beginning: a journal of ours never is. */
export function replay(events: Iterable<CircleEvent>): Meeting {
  let meeting: Meeting | null = null;
  for (const event of events) meeting = evolve(meeting, event);
  if (!meeting) throw new Error("a journal without events has no meeting");
  return meeting;
}

export function evolve(meeting: Meeting | null, event: CircleEvent): Meeting {
  if (event.type === "meeting-gathered") return gathered(event);
  if (!meeting) throw new Error(`a journal cannot begin with ${event.type}`);
  const changed = apply(meeting, event);
  return { ...changed, version: meeting.version + 1, at: Math.max(meeting.at, event.at) };
}

function gathered({ id, roomId, language, at }: Of<"meeting-gathered">): Meeting {
  return {
    id, roomId, language, at,
    version: 1, phase: "gathering", paused: false, keeper: null, plan: null, topic: "", people: [], circle: null, turn: null,
    ended: [], turnsOffered: 0, nextCircleAt: null, startedAt: null, endedAt: null,
  };
}

function apply(meeting: Meeting, event: Exclude<CircleEvent, Of<"meeting-gathered">>): Meeting {
  switch (event.type) {
    case "person-joined": return personJoined(meeting, event);
    case "person-connected": return withPresence(meeting, event.who, "call");
    case "person-dropped": return withPresence(meeting, event.who, "away");
    case "person-left": return personLeft(meeting, event);
    case "meeting-started":
      return { ...meeting, keeper: event.by, plan: event.plan, topic: event.topic, startedAt: event.at };
    case "circle-started": return circleStarted(meeting, event);
    case "ring-joined": return inCircle(meeting, (circle) => seatAtTheEnd(circle, event.who));
    case "word-offered": return wordOffered(meeting, event);
    case "turn-started":
      return inTurn(meeting, (turn) => ({ ...turn, status: "speaking", startedAt: event.at, runningSince: event.at, lapsesAt: null }));
    case "turn-marked": return inTurn(meeting, (turn) => ({ ...turn, marks: [...turn.marks, event.mark] }));
    case "turn-extended": return inTurn(meeting, (turn) => extended(turn, event.byMs, event.at));
    case "turn-held": return inTurn(meeting, (turn) => ({ ...stopped(turn, event.at), lapsesAt: event.lapsesAt }));
    case "turn-continued": return inTurn(meeting, (turn) => ({ ...turn, runningSince: event.at, lapsesAt: null }));
    case "turn-ended": return turnEnded(meeting, event);
    case "circle-ended": return { ...meeting, phase: "between", nextCircleAt: event.nextAt };
    case "meeting-paused":
      return { ...inTurn(meeting, (turn) => ({ ...stopped(turn, event.at), lapsesAt: null })), paused: true, nextCircleAt: null };
    case "meeting-resumed":
      return { ...inTurn(meeting, (turn) => ({ ...turn, lapsesAt: event.lapsesAt })), paused: false, nextCircleAt: event.nextAt };
    case "meeting-ended":
      return { ...meeting, phase: "ended", paused: false, nextCircleAt: null, endedAt: event.at };
  }
}

function personJoined(meeting: Meeting, { who, name, presence }: Of<"person-joined">): Meeting {
  if (personOf(meeting, who)) return inPeople(meeting, who, (person) => ({ ...person, name, presence }));
  return { ...meeting, people: [...meeting.people, { id: who, name, presence, spokenMs: 0 }] };
}

function personLeft(meeting: Meeting, { who }: Of<"person-left">): Meeting {
  const spoke = (circle: Circle) => circle.done.includes(who) || meeting.turn?.speaker === who;
  const unseated = inCircle(meeting, (circle) => ({
    ...circle,
    waiting: circle.waiting.filter((id) => id !== who),
    kept: circle.kept.filter((kept) => kept.who !== who),
    ring: spoke(circle) ? circle.ring : circle.ring.filter((id) => id !== who),
  }));
  return withPresence(unseated, who, "left");
}

function circleStarted(meeting: Meeting, { index, ring }: Of<"circle-started">): Meeting {
  return { ...meeting, phase: "circle", nextCircleAt: null, circle: { index, ring, waiting: ring, kept: [], done: [] } };
}

function seatAtTheEnd(circle: Circle, who: string): Circle {
  return { ...circle, ring: [...circle.ring.filter((id) => id !== who), who], waiting: [...circle.waiting, who] };
}

function wordOffered(meeting: Meeting, { turn, to, kept, limitMs, lapsesAt, at }: Of<"word-offered">): Meeting {
  const taken = inCircle(meeting, (circle) => ({
    ...circle,
    waiting: circle.waiting.filter((id) => id !== to),
    kept: circle.kept.filter(({ who }) => who !== to),
  }));
  return {
    ...taken,
    turnsOffered: turn,
    turn: {
      id: turn, speaker: to, kept, limitMs, lapsesAt, offeredAt: at,
      status: "offered", spentMs: 0, runningSince: null, startedAt: null, marks: [],
    },
  };
}

/** More time may bring a mark behind the speaker back in front of them. */
function extended(turn: Turn, byMs: number, at: number): Turn {
  const limitMs = turn.limitMs + byMs;
  const passed = spentBy(turn, at);
  const marks = turn.marks.filter((mark) => passed >= markAt(mark, limitMs));
  return { ...turn, limitMs, marks };
}

function turnEnded(meeting: Meeting, event: Of<"turn-ended">): Meeting {
  const { turn, circle } = meeting;
  if (!turn || !circle) return meeting;
  const { speaker, keepsMs, spentMs, reason, at } = event;
  const seated = inCircle(meeting, (circle) =>
    keepsMs === null
      ? { ...circle, done: [...circle.done, speaker] }
      : { ...circle, kept: [...circle.kept, { who: speaker, limitMs: keepsMs }] },
  );
  const heard = inPeople(seated, speaker, (person) => ({ ...person, spokenMs: person.spokenMs + spentMs }));
  const ended = { id: turn.id, circle: circle.index, speaker, startedAt: turn.startedAt, endedAt: at, spentMs, reason };
  return { ...heard, turn: null, ended: [...meeting.ended, ended] };
}

function inPeople(meeting: Meeting, who: string, change: (person: Person) => Person): Meeting {
  return { ...meeting, people: meeting.people.map((person) => (person.id === who ? change(person) : person)) };
}

function withPresence(meeting: Meeting, who: string, presence: Presence): Meeting {
  return inPeople(meeting, who, (person) => ({ ...person, presence }));
}

function inCircle(meeting: Meeting, change: (circle: Circle) => Circle): Meeting {
  return meeting.circle ? { ...meeting, circle: change(meeting.circle) } : meeting;
}

function inTurn(meeting: Meeting, change: (turn: Turn) => Turn): Meeting {
  return meeting.turn ? { ...meeting, turn: change(meeting.turn) } : meeting;
}

function stopped(turn: Turn, at: number): Turn {
  return { ...turn, spentMs: spentBy(turn, at), runningSince: null };
}

/** Time used at which a mark is due. */
export function markAt(mark: Turn["marks"][number], limitMs: number): number {
  switch (mark) {
    case "80-percent": return limitMs * 0.8;
    case "last-10-seconds": return Math.max(0, limitMs - 10_000);
    case "limit": return limitMs;
  }
}
