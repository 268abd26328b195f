import type { Circle, EndedCircle, LastCircle } from "./circle.ts";
import type { CircleEvent } from "./event.ts";
import { beginningOf, KINDS, ownOf } from "./kinds/kinds.ts";
import { type KindEvent, stageWords } from "./kinds/words.ts";
import type { Fresh, Meeting, MeetingInCircle } from "./meeting.ts";
import { cutShort, timeAdded } from "./steered.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

export function circleStarted(meeting: Fresh, event: Of<"circle-started">): Meeting {
  const before = meeting.phase === "gathering" ? meeting.start : meeting;
  const { index, step, round, ring, stage, endsAt, at } = event;
  const kind = before?.plan.circles[step]?.kind;
  if (meeting.phase === "ended" || !before || !kind) return meeting;
  const { plan, seed, topic, topicFrom, quotes, startedAt } = before;
  const goes =
    meeting.phase === "gathering"
      ? { pausedAt: null, waitsForCall: false, hands: [], turn: null, turnsOffered: 0 }
      : meeting;
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
    plan,
    seed,
    topic,
    topicFrom,
    quotes,
    startedAt,
    pastCircles: meeting.phase === "gathering" ? [] : [...meeting.pastCircles, pastOf(meeting.circle)],
    turnsOffered: goes.turnsOffered,
    turn: goes.turn,
    hands: goes.hands,
    pausedAt: goes.pausedAt,
    waitsForCall: goes.waitsForCall,
    phase: "circle",
    circle: {
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
      ...themeFor(meeting),
    },
  };
}

/** Theme that the keeper set for it while it was still to come. */
function themeFor(meeting: Meeting): Pick<Circle, "theme" | "themeFrom"> | null {
  if (meeting.phase !== "between" || meeting.nextTheme === null) return null;
  const { theme, from } = meeting.nextTheme;
  return { theme, ...(from !== null && { themeFrom: from }) };
}

export function circleEnded(meeting: Fresh, { nextStep, nextAt }: Of<"circle-ended">): Meeting {
  if (meeting.phase !== "circle") return meeting;
  const circle = lastCircle(meeting.circle);
  return { ...meeting, phase: "between", circle, nextStep, nextCircleAt: nextAt, nextOrder: null, nextTheme: null };
}

/** The part of a circle that everybody still sees once it is over. */
export function lastCircle(circle: LastCircle): LastCircle {
  return { ...pastOf(circle), kept: circle.kept, done: circle.done, moreMs: circle.moreMs };
}

function pastOf({
  index,
  step,
  round,
  ring,
  theme,
  themeFrom,
  takenOut,
  cutShort,
  kind,
  data,
}: EndedCircle): EndedCircle {
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

type CircleChange = Of<"ring-joined" | "circle-cut-short" | "turn-given" | "time-added"> | KindEvent;

/** Changes within the running circle. */
export function changeCircle(meeting: Fresh<MeetingInCircle>, event: CircleChange): void {
  const { circle } = meeting;
  switch (event.type) {
    case "ring-joined":
      meeting.circle = seatAtTheEnd(circle, event);
      return;
    case "circle-cut-short":
      meeting.circle = cutShort(circle, event);
      return;
    case "turn-given":
      meeting.circle = { ...circle, kept: [...circle.kept, { who: event.to, limitMs: event.limitMs }] };
      return;
    case "time-added":
      meeting.circle = timeAdded(circle, event);
      return;
    default:
      meeting.circle = KINDS[circle.kind].evolve[event.type]?.(circle, event) ?? circle;
  }
}

function seatAtTheEnd(circle: Circle, { who, keptMs }: Of<"ring-joined">): Circle {
  const ring = [...circle.ring.filter((id) => id !== who), who];
  if (keptMs !== null) return { ...circle, ring, kept: [...circle.kept, { who, limitMs: keptMs }] };
  return stageWords(circle.stage).seats ? { ...circle, ring, waiting: [...circle.waiting, who] } : { ...circle, ring };
}
