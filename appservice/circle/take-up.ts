import type { Shown } from "../protocol/agreement.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import type { Agreement } from "./agreement.ts";
import type { MeetingCourse } from "./course.ts";
import { seenOf } from "./kinds/kinds.ts";
import { stageWords } from "./kinds/words.ts";
import {
  type Circle,
  circlesThatRan,
  type EndedCircle,
  type EndedTurn,
  markAt,
  type Meeting,
  spentBy,
  type Turn,
} from "./meeting.ts";
import { TimeMark } from "./time-mark.ts";

/**
 * The meeting as the room has it. `known` is what a journal still holds of it, from a backup perhaps. Texts that nobody has
 * been shown yet are nowhere but in the journal; with it they are lost.
 */
export function takenUp(
  snapshot: MeetingSnapshot,
  course: MeetingCourse | null,
  known: Meeting | null,
  at: number,
): Meeting {
  const turns =
    known && course
      ? [...course.turns, ...known.ended.filter(({ id }) => !course.turns.some((turn) => turn.id === id))]
      : [...(course?.turns ?? [])];
  const circle = course && circleAsSeen(snapshot, course);
  const ended = [...turns, ...restOfTheCircle(snapshot, turns)];
  const ran = course?.circles.filter(({ index }) => index !== circle?.index) ?? [];
  const pastCircles = ran.flatMap(
    (each) => known?.pastCircles.find(({ index }) => index === each.index) ?? pastAsSeen(each, course, snapshot),
  );
  const inTheJournal = known ? circlesThatRan(known).map(({ index }) => index) : [];
  return {
    id: snapshot.id,
    roomId: snapshot.roomId,
    language: snapshot.language,
    version: snapshot.version + 1,
    at: Math.max(snapshot.at, at),
    phase: snapshot.phase,
    pausedAt: snapshot.paused ? snapshot.at : null,
    waitsForCall: snapshot.waitsForCall ?? false,
    outages: known?.outages ?? [],
    keeper: snapshot.keeper,
    plan: course?.plan ?? null,
    seed: course?.seed ?? 0,
    topic: snapshot.topic,
    people: snapshot.people.map(({ agreed: _, ...person }) => person),
    circle,
    pastCircles,
    turn: turnAsSeen(snapshot),
    ended,
    agreement: snapshot.asks ? agreementSeen(snapshot, snapshot.asks, known, at) : null,
    hands: snapshot.hands.map(({ who, hand }) => ({ who, hand, raisedAt: snapshot.at })),
    // Turns only have to count on from here; how many were offered since the course was written is not known in between.
    turnsOffered:
      snapshot.turn?.id ?? (course?.turnsOffered ?? 0) + (snapshot.phase === "circle" ? TURNS_OF_A_CIRCLE : 0),
    nextStep: snapshot.phase === "between" ? (course?.nextStep ?? null) : null,
    nextOrder: snapshot.order ?? null,
    nextTheme: course && snapshot.phase === "between" ? nextThemeOf(snapshot, course) : null,
    nextCircleAt: snapshot.nextCircleAt,
    startedAt: snapshot.startedAt,
    endedAt: snapshot.endedAt,
    takenUp: {
      at,
      elsewhere: pastCircles.map(({ index }) => index).filter((index) => !inTheJournal.includes(index)),
      over: snapshot.phase === "ended",
    },
  };
}

/**
 * Answers of people in the circle, as everybody could see them, and those known of others; people who were only asked
 * are asked anew.
 */
function agreementSeen({ people }: MeetingSnapshot, asks: Shown, known: Meeting | null, at: number): Agreement {
  const others = known?.agreement?.answers.filter(({ who }) => !people.some(({ id }) => id === who)) ?? [];
  const seen = people.flatMap(({ id: who, agreed }) =>
    agreed === undefined ? [] : [{ who, agreed, shown: asks, at }],
  );
  return { asks, answers: [...others, ...seen], sought: [], before: [] };
}

/** Bound that is above the number of turns in any circle. */
const TURNS_OF_A_CIRCLE = 1_000;

function circleAsSeen(snapshot: MeetingSnapshot, { circles, plan }: MeetingCourse): Circle | null {
  const ran = circles.find(({ index }) => index === snapshot.circle);
  const planned = ran && plan.circles[ran.step];
  if (!ran || !planned) return null;
  const { ring, done, returns, turn, stage, stageEndsAt } = snapshot;
  const hasWord = turn && turn.hand === null ? turn.speaker : null;
  const waiting = !stageWords(stage ?? "round").seats
    ? []
    : ring.filter((who) => who !== hasWord && !done.includes(who) && !returns.includes(who));
  return {
    ...ran,
    ...themeSeen(snapshot, ran.index, planned.theme),
    moreMs: moreSeen(snapshot, ran.index, planned.limitMs),
    ring,
    done,
    waiting,
    stage: stage ?? "round",
    endsAt: stageEndsAt,
    startedAt: snapshot.stageBeganAt ?? snapshot.at,
    kept: returns.map((who) => ({ who, limitMs: planned.limitMs })),
    ...seenOf(planned.kind, ran.index, snapshot),
  };
}

/** Theme that the keeper worded otherwise than the plan has it. */
function themeSeen({ circles }: MeetingSnapshot, index: number, planned: string): { theme?: string } {
  const theme = circles.find((each) => each.index === index)?.theme;
  return theme === undefined || theme === planned ? {} : { theme };
}

function nextThemeOf(snapshot: MeetingSnapshot, { nextStep, plan }: MeetingCourse): string | null {
  const next = snapshot.circles.find(({ status }) => status === "waiting");
  const planned = nextStep === null ? undefined : plan.circles[nextStep];
  return (next && planned && themeSeen(snapshot, next.index, planned.theme).theme) ?? null;
}

function moreSeen({ circles }: MeetingSnapshot, index: number, limitMs: number): number {
  const seen = circles.find((each) => each.index === index)?.secondsPerTurn;
  return seen === undefined ? 0 : seen * 1000 - limitMs;
}

type Ran = MeetingCourse["circles"][number];

function pastAsSeen(ran: Ran, course: MeetingCourse | null, snapshot: MeetingSnapshot): EndedCircle[] {
  const planned = course?.plan.circles[ran.step];
  return planned ? [{ ...ran, ...seenOf(planned.kind, ran.index, snapshot) }] : [];
}

/** Time that people spoke beyond the turns known: they spoke it in this circle. */
function restOfTheCircle({ people, circle, at }: MeetingSnapshot, turns: readonly EndedTurn[]): EndedTurn[] {
  if (circle === null) return [];
  const lastId = Math.max(0, ...turns.map(({ id }) => id));
  return people.flatMap(({ id: speaker, spokenMs }, i): EndedTurn[] => {
    const spentMs =
      spokenMs - turns.filter((turn) => turn.speaker === speaker).reduce((sum, turn) => sum + turn.spentMs, 0);
    return spentMs <= 0
      ? []
      : [
          {
            id: lastId + 1 + i,
            circle,
            speaker,
            hand: null,
            startedAt: at - spentMs,
            endedAt: at,
            spentMs,
            reason: "passed",
          },
        ];
  });
}

function turnAsSeen({ turn, at }: MeetingSnapshot): Turn | null {
  if (!turn) return null;
  const { id, speaker, hand, limitMs, spentMs, runningSince, lapsesAt } = turn;
  const offered = turn.status === "offered";
  const began = (runningSince ?? at) - spentMs;
  const seen: Turn = {
    id,
    speaker,
    hand,
    limitMs,
    spentMs,
    runningSince,
    lapsesAt,
    kept: false,
    status: offered ? "offered" : "speaking",
    startedAt: offered ? null : began,
    offeredAt: began,
    marks: [],
    extensionAsked: [...(turn.extension?.asked ?? []), ...(turn.wantsMore ? [speaker] : [])],
  };
  const passed = spentBy(seen, at);
  return { ...seen, marks: TimeMark.options.filter((mark) => passed >= markAt(mark, limitMs)) };
}
