import type { Shown } from "../protocol/agreement.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import type { Agreement } from "./agreement.ts";
import type { MeetingCourse } from "./course.ts";
import type { Circle, EndedCircle } from "./circle.ts";
import { lastCircle } from "./circle-changes.ts";
import { seenOf } from "./kinds/kinds.ts";
import { stageWords } from "./kinds/words.ts";
import { circlesThatRan, type Meeting, type MeetingBetween, type MeetingStart } from "./meeting.ts";
import type { ScribeAbsence } from "./scribe-absence.ts";
import { type EndedTurn, markAt, spentBy, type Turn } from "./turn.ts";
import { TimeMark } from "./time-mark.ts";

/**
 * The meeting as the room has it. `known` is what a journal still holds of it, from a backup perhaps. Texts that nobody
 * has been shown yet are nowhere but in the journal; with it they are lost. Without its course no meeting runs on:
 * people gather then, and may start anew.
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
  const ran = course?.circles.filter(({ index }) => index !== circle?.index) ?? [];
  const pastCircles = ran.flatMap((each) => pastCircleOf(known, each.index) ?? pastAsSeen(each, course, snapshot));
  const inTheJournal = known ? circlesThatRan(known).map(({ index }) => index) : [];
  const seen = {
    id: snapshot.id,
    roomId: snapshot.roomId,
    language: snapshot.language,
    version: snapshot.version + 1,
    at: Math.max(snapshot.at, at),
    keeper: snapshot.keeper,
    people: snapshot.people.map(({ agreed: _, ...person }) => person),
    agreement: snapshot.asks ? agreementSeen(snapshot, snapshot.asks, known, at) : null,
    ended: [...turns, ...restOfTheCircle(snapshot, turns)],
    outages: known?.outages ?? [],
    scribeAbsences: absencesSeen(snapshot, known),
    takenUp: {
      at,
      elsewhere: pastCircles.map(({ index }) => index).filter((index) => !inTheJournal.includes(index)),
      over: snapshot.phase === "ended",
    },
  };
  if (!course || !circle || snapshot.phase === "gathering")
    return { ...seen, phase: "gathering", nextOrder: snapshot.order ?? null, start: null };
  const started = { ...seen, ...startSeen(snapshot, course), pastCircles, turnsOffered: turnsSeen(snapshot, course) };
  if (snapshot.phase === "ended")
    return { ...started, phase: "ended", circle: lastCircle(circle), endedAt: snapshot.endedAt ?? snapshot.at };
  const running = {
    ...started,
    turn: turnAsSeen(snapshot),
    hands: snapshot.hands.map(({ who, hand }) => ({ who, hand, raisedAt: snapshot.at })),
    pausedAt: snapshot.paused ? snapshot.at : null,
    waitsForCall: snapshot.waitsForCall ?? false,
  };
  if (snapshot.phase === "circle") return { ...running, phase: "circle", circle };
  return {
    ...running,
    phase: "between",
    circle: lastCircle(circle),
    nextStep: course.nextStep,
    nextCircleAt: snapshot.nextCircleAt,
    nextOrder: snapshot.order ?? null,
    nextTheme: nextThemeOf(snapshot, course),
  };
}

function absencesSeen({ scribeAway, at }: MeetingSnapshot, known: Meeting | null): readonly ScribeAbsence[] {
  const over = known?.scribeAbsences.filter(({ until }) => until !== null) ?? [];
  return scribeAway ? [...over, { at, by: scribeAway.by, until: null, backBy: null }] : over;
}

function pastCircleOf(known: Meeting | null, index: number): EndedCircle | undefined {
  if (!known || known.phase === "gathering") return undefined;
  return known.pastCircles.find((past) => past.index === index);
}

function startSeen({ topic, startedAt, at }: MeetingSnapshot, { plan, seed }: MeetingCourse): MeetingStart {
  return { plan, seed, topic, topicFrom: null, quotes: [], startedAt: startedAt ?? at };
}

/** Bound that is above the number of turns in any circle. */
const TURNS_OF_A_CIRCLE = 1_000;

/**
 * Turns only have to count on from here; how many were offered since the course was written is not known in between.
 */
function turnsSeen({ turn, phase }: MeetingSnapshot, { turnsOffered }: MeetingCourse): number {
  return turn?.id ?? turnsOffered + (phase === "circle" ? TURNS_OF_A_CIRCLE : 0);
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
  const answers = [...others, ...seen];
  const written = answers.flatMap(({ who, agreed }) => (agreed ? [who] : []));
  return { asks, answers, sought: [], before: [], written, untold: [] };
}

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

function nextThemeOf(snapshot: MeetingSnapshot, { nextStep, plan }: MeetingCourse): MeetingBetween["nextTheme"] {
  const next = snapshot.circles.find(({ status }) => status === "waiting");
  const planned = nextStep === null ? undefined : plan.circles[nextStep];
  const theme = next && planned && themeSeen(snapshot, next.index, planned.theme).theme;
  return theme === undefined ? null : { theme, from: null };
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
