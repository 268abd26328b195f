import type { ParticipantId } from "../protocol/identity.ts";
import type { Presence } from "../protocol/meeting-snapshot.ts";
import { wordsTakenBack } from "./words-taken-back.ts";
import type { CircleEvent } from "./event.ts";
import { agreementAnswered, agreementAsked, agreementSought, markTurn } from "./agreement-changes.ts";
import { cutShort, orderSet, themeSet, timeAdded } from "./steered.ts";
import {
  type Circle,
  type EndedCircle,
  markAt,
  type Meeting,
  type Person,
  personOf,
  spentBy,
  type Turn,
} from "./meeting.ts";
import { beginningOf, KINDS, ownOf } from "./kinds/kinds.ts";
import { stageWords } from "./kinds/words.ts";
import { takenUp } from "./take-up.ts";

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
  if (event.type === "meeting-taken-up") return takenUp(event.snapshot, event.course, meeting, event.at);
  if (!meeting) throw new Error(`a journal cannot begin with ${event.type}`);
  const changed = apply(meeting, event);
  return { ...changed, version: meeting.version + 1, at: Math.max(meeting.at, event.at) };
}

function gathered({ id, roomId, language, at }: Of<"meeting-gathered">): Meeting {
  return {
    id,
    roomId,
    language,
    at,
    version: 1,
    phase: "gathering",
    pausedAt: null,
    waitsForCall: false,
    outages: [],
    keeper: null,
    plan: null,
    seed: 0,
    topic: "",
    people: [],
    circle: null,
    pastCircles: [],
    turn: null,
    ended: [],
    hands: [],
    agreement: null,
    turnsOffered: 0,
    nextStep: null,
    nextCircleAt: null,
    nextOrder: null,
    nextTheme: null,
    startedAt: null,
    endedAt: null,
    takenUp: null,
  };
}

function apply(meeting: Meeting, event: Exclude<CircleEvent, Of<"meeting-gathered" | "meeting-taken-up">>): Meeting {
  switch (event.type) {
    case "person-joined":
      return personJoined(meeting, event);
    case "person-renamed":
      return inPeople(meeting, event.who, (person) => ({ ...person, name: event.name }));
    case "person-connected":
      return withPresence(meeting, event.who, "call");
    case "person-dropped":
      return withPresence(meeting, event.who, "away");
    case "person-left":
      return personLeft(meeting, event);
    case "meeting-started":
      return meetingStarted(meeting, event);
    case "keeper-changed":
      return { ...meeting, keeper: event.to };
    case "circle-started":
      return circleStarted(meeting, event);
    case "ring-joined":
      return inCircle(meeting, (circle) => seatAtTheEnd(circle, event.who));
    case "circle-cut-short":
      return inCircle(meeting, (circle) => cutShort(circle, event));
    case "order-set":
      return orderSet(meeting, event);
    case "turn-given":
      return inCircle(meeting, (circle) => ({
        ...circle,
        kept: [...circle.kept, { who: event.to, limitMs: event.limitMs }],
      }));
    case "time-added":
      return inCircle(meeting, (circle) => timeAdded(circle, event));
    case "theme-set":
      return themeSet(meeting, event);
    case "circle-ended":
      return { ...meeting, phase: "between", nextStep: event.nextStep, nextCircleAt: event.nextAt };
    case "rest-began":
      return { ...meeting, nextCircleAt: event.nextAt };
    case "word-offered":
      return wordOffered(meeting, event);
    case "turn-started":
      return markTurn(
        inTurn(meeting, (turn) => ({
          ...turn,
          status: "speaking",
          startedAt: event.at,
          runningSince: event.at,
          lapsesAt: null,
        })),
      );
    case "turn-marked":
      return inTurn(meeting, (turn) => ({ ...turn, marks: [...turn.marks, event.mark] }));
    case "extension-asked":
      return inTurn(meeting, (turn) => ({ ...turn, extensionAsked: [...turn.extensionAsked, event.by] }));
    case "turn-extended":
      return inTurn(meeting, (turn) => extended(turn, event));
    case "turn-held":
      return inTurn(meeting, (turn) => ({ ...stopped(turn, event.at), lapsesAt: event.lapsesAt }));
    case "turn-continued":
      return inTurn(meeting, (turn) => ({ ...turn, runningSince: event.at, lapsesAt: null }));
    case "turn-ended":
      return turnEnded(meeting, event);
    case "hand-raised":
      return {
        ...withoutHand(meeting, event.who),
        hands: [...withoutHand(meeting, event.who).hands, { who: event.who, hand: event.hand, raisedAt: event.at }],
      };
    case "hand-lowered":
      return withoutHand(meeting, event.who);
    case "words-taken-back":
      return wordsTakenBack(meeting, event.message);
    case "agreement-asked":
      return agreementAsked(meeting, event);
    case "agreement-sought":
      return agreementSought(meeting, event);
    case "agreement-answered":
      return agreementAnswered(meeting, event);
    case "meeting-paused":
      return paused(meeting, event);
    case "meeting-resumed":
      return resumed(meeting, event);
    case "meeting-ended":
      return {
        ...callIsBack(meeting, event.at),
        phase: "ended",
        pausedAt: null,
        hands: [],
        nextStep: null,
        nextCircleAt: null,
        nextOrder: null,
        nextTheme: null,
        endedAt: event.at,
      };
    default:
      return inCircle(meeting, (circle) => KINDS[circle.kind].evolve[event.type]?.(circle, event) ?? circle);
  }
}

function personJoined(meeting: Meeting, { who, name, presence }: Of<"person-joined">): Meeting {
  if (personOf(meeting, who)) return inPeople(meeting, who, (person) => ({ ...person, name, presence }));
  return { ...meeting, people: [...meeting.people, { id: who, name, presence, spokenMs: 0 }] };
}

function personLeft(meeting: Meeting, { who, by }: Of<"person-left">): Meeting {
  const spoke = (circle: Circle) => circle.done.includes(who) || meeting.turn?.speaker === who;
  const unseated = inCircle(meeting, (circle) => ({
    ...circle,
    waiting: circle.waiting.filter((id) => id !== who),
    kept: circle.kept.filter((kept) => kept.who !== who),
    ring: spoke(circle) ? circle.ring : circle.ring.filter((id) => id !== who),
    ...(by !== undefined && meeting.phase === "circle" ? { takenOut: [...(circle.takenOut ?? []), who] } : {}),
  }));
  return withPresence(unseated, who, "left");
}

function meetingStarted(meeting: Meeting, { by, plan, topic, seed, at, message }: Of<"meeting-started">): Meeting {
  return {
    ...meeting,
    keeper: by,
    plan,
    topic,
    seed,
    language: plan.language,
    startedAt: at,
    ...(message === undefined ? {} : { topicFrom: message }),
  };
}

function circleStarted(meeting: Meeting, event: Of<"circle-started">): Meeting {
  const { index, step, round, ring, stage, endsAt, at } = event;
  const kind = meeting.plan?.circles[step]?.kind;
  if (!kind) return meeting;
  const circle: Circle = {
    ...beginningOf(kind, meeting),
    index,
    step,
    round,
    ring,
    stage,
    endsAt,
    startedAt: at,
    waiting: stageWords(stage).seats ? ring : [],
    kept: [],
    done: [],
    moreMs: 0,
    ...(meeting.nextTheme === null
      ? {}
      : {
          theme: meeting.nextTheme,
          ...(meeting.nextThemeFrom === undefined ? {} : { themeFrom: meeting.nextThemeFrom }),
        }),
  };
  const before = meeting.circle;
  const pastCircles = before ? [...meeting.pastCircles, pastOf(before)] : meeting.pastCircles;
  return {
    ...meeting,
    phase: "circle",
    circle,
    pastCircles,
    nextStep: null,
    nextCircleAt: null,
    nextOrder: null,
    nextTheme: null,
  };
}

function pastOf({ index, step, round, ring, theme, themeFrom, takenOut, cutShort, kind, data }: Circle): EndedCircle {
  return {
    index,
    step,
    round,
    ring,
    ...ownOf(kind, data),
    ...(theme !== undefined && { theme }),
    ...(themeFrom !== undefined && { themeFrom }),
    ...(takenOut && { takenOut }),
    ...(cutShort && { cutShort }),
  };
}

function seatAtTheEnd(circle: Circle, who: ParticipantId): Circle {
  const ring = [...circle.ring.filter((id) => id !== who), who];
  return !stageWords(circle.stage).seats ? { ...circle, ring } : { ...circle, ring, waiting: [...circle.waiting, who] };
}

function wordOffered(meeting: Meeting, { turn, to, kept, hand, limitMs, lapsesAt, at }: Of<"word-offered">): Meeting {
  const taken = hand
    ? { ...meeting, nextCircleAt: null }
    : inCircle(meeting, (circle) => ({
        ...circle,
        waiting: circle.waiting.filter((id) => id !== to),
        kept: circle.kept.filter(({ who }) => who !== to),
      }));
  return {
    ...taken,
    turnsOffered: turn,
    turn: {
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
    },
  };
}

/** Extends a turn. More time may bring a mark behind the speaker back in front of them. */
function extended(turn: Turn, { byMs, by, at }: Of<"turn-extended">): Turn {
  const limitMs = turn.limitMs + byMs;
  const passed = spentBy(turn, at);
  const marks = turn.marks.filter((mark) => passed >= markAt(mark, limitMs));
  const moreTimeBy = by === null ? turn.moreTimeBy : [...new Set([...(turn.moreTimeBy ?? []), by])];
  return { ...turn, limitMs, extensionAsked: [], marks, ...(moreTimeBy && { moreTimeBy }) };
}

function turnEnded(meeting: Meeting, event: Of<"turn-ended">): Meeting {
  const { turn, circle } = meeting;
  if (!turn || !circle) return meeting;
  const { speaker, keepsMs, spentMs, reason, by, door, at } = event;
  const seated = turn.hand
    ? withoutHand(meeting, speaker)
    : inCircle(meeting, (circle) =>
        keepsMs === null
          ? { ...circle, done: [...circle.done.filter((id) => id !== speaker), speaker] }
          : { ...circle, kept: [...circle.kept, { who: speaker, limitMs: keepsMs }] },
      );
  const heard = inPeople(seated, speaker, (person) => ({ ...person, spokenMs: person.spokenMs + spentMs }));
  const passedBy = reason === "forced" || (reason === "skipped" && by !== speaker) ? by : null;
  const ended = {
    id: turn.id,
    circle: circle.index,
    speaker,
    hand: turn.hand,
    startedAt: turn.startedAt,
    endedAt: at,
    spentMs,
    reason,
    ...(passedBy !== null && { passedBy }),
    ...(turn.moreTimeBy && { moreTimeBy: turn.moreTimeBy }),
    ...(door === "speech" && { spoken: true as const }),
    ...(turn.unwritten && { unwritten: turn.unwritten }),
  };
  return { ...heard, turn: null, ended: [...meeting.ended, ended] };
}

/** Pauses everything that runs by time; a deadline of its own is set anew on going on. */
function paused(meeting: Meeting, { by, at }: Of<"meeting-paused">): Meeting {
  const stood = inTurn(meeting, (turn) => ({ ...stopped(turn, at), lapsesAt: null }));
  const away = by === null ? { waitsForCall: true, outages: [...meeting.outages, { at, until: null }] } : {};
  return { ...stood, ...away, pausedAt: at, nextCircleAt: null };
}

function resumed(meeting: Meeting, { lapsesAt, nextAt, at }: Of<"meeting-resumed">): Meeting {
  const stood = at - (meeting.pausedAt ?? at);
  const offered = inTurn(meeting, (turn) => ({ ...turn, lapsesAt }));
  const later = inCircle(offered, (circle) => ({
    ...circle,
    endsAt: circle.endsAt === null ? null : circle.endsAt + stood,
  }));
  return { ...callIsBack(later, at), pausedAt: null, nextCircleAt: nextAt };
}

/** Or nobody waits for it any more. */
function callIsBack(meeting: Meeting, at: number): Meeting {
  if (!meeting.waitsForCall) return meeting;
  return {
    ...meeting,
    waitsForCall: false,
    outages: meeting.outages.map((outage) => (outage.until === null ? { ...outage, until: at } : outage)),
  };
}

function withoutHand(meeting: Meeting, who: string): Meeting {
  return { ...meeting, hands: meeting.hands.filter((hand) => hand.who !== who) };
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
