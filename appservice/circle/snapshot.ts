import type { CircleSnapshot, MeetingSnapshot, TurnSnapshot } from "../protocol/meeting-snapshot.ts";
import { answerOf } from "./agreement.ts";
import { timing } from "./clock.ts";
import { KINDS } from "./kinds/kinds.ts";
import { NOTHING_SHOWN, type ShownFields } from "./kinds/words.ts";
import type { EndedCircle } from "./circle.ts";
import {
  circleOf,
  circlesThatRan,
  isOver,
  isRunning,
  type Meeting,
  orderOfNext,
  pausedSince,
  planOfCircle,
  present,
  runningCircle,
  type RunningMeeting,
  startOf,
  type StartedMeeting,
  themeOf,
} from "./meeting.ts";
import { nextSpeaker } from "./next-speaker.ts";
import { handsInOrder } from "./order.ts";
import { scribeAway } from "./scribe-absence.ts";
import { type Turn, votesForMore } from "./turn.ts";
import { unevennessPercent } from "./talk-time.ts";

/** The meeting as everybody may see it. */
export function snapshotOf(meeting: Meeting, at: number): MeetingSnapshot {
  const start = startOf(meeting);
  const plan = start?.plan;
  const circle = circleOf(meeting);
  const planned = planOfCircle(meeting);
  const running = runningCircle(meeting);
  const order = orderOfNext(meeting);
  const away = meeting.phase === "ended" ? null : scribeAway(meeting);
  return {
    format: 1,
    id: meeting.id,
    roomId: meeting.roomId,
    version: meeting.version,
    at,
    phase: meeting.phase,
    paused: pausedSince(meeting) !== null,
    ...(isRunning(meeting) && meeting.waitsForCall && { waitsForCall: true as const }),
    scenario: { id: plan?.scenario ?? "", title: plan?.title ?? "", ...(plan?.titles && { titles: plan.titles }) },
    topic: start?.topic ?? "",
    language: meeting.language,
    keeper: meeting.keeper,
    ...(meeting.agreement && { asks: meeting.agreement.asks }),
    ...(away && { scribeAway: { by: away.by } }),
    people: meeting.people.map((person) => {
      const agreed = answerOf(meeting, person.id);
      return agreed === null ? { ...person } : { ...person, agreed };
    }),
    circles: circlesOf(meeting),
    circle: circle?.index ?? null,
    stage: running?.stage ?? null,
    stageEndsAt: running?.endsAt ?? null,
    ...(running?.endsAt != null ? { stageBeganAt: running.startedAt } : {}),
    wrote: running ? [...(KINDS[running.kind].finished?.(running.data) ?? [])] : [],
    ring: [...(circle?.ring ?? [])],
    ...(order ? { order: [...order] } : {}),
    done: [...(circle?.done ?? [])],
    returns: (circle?.kept ?? []).map(({ who }) => who),
    turn: isRunning(meeting) && meeting.turn ? turnShown(meeting, meeting.turn) : null,
    next: nextSpeaker(meeting),
    hands: handsInOrder(meeting).map(({ who, hand }) => ({ who, hand })),
    unevenness: unevennessPercent(
      meeting.people
        .filter(({ presence, spokenMs }) => presence !== "left" || spokenMs > 0)
        .map(({ spokenMs }) => spokenMs),
    ),
    rules: { extension: planned?.extension ?? "keeper", skip: planned?.skip ?? "self" },
    nextCircleAt: meeting.phase === "between" ? meeting.nextCircleAt : null,
    startedAt: start?.startedAt ?? null,
    endedAt: meeting.phase === "ended" ? meeting.endedAt : null,
  };
}

/** Circles that ran, as they ran, and then those of the plan that are still to come. */
function circlesOf(meeting: Meeting): CircleSnapshot[] {
  if (meeting.phase === "gathering") return [];
  const { plan, circle } = meeting;
  return [...circlesThatRan(meeting), ...circlesToCome(meeting)].flatMap((each): CircleSnapshot[] => {
    const planned = plan.circles[each.step];
    if (!planned) return [];
    const { index, round } = each;
    const running = index === circle.index && meeting.phase === "circle";
    return [
      {
        index,
        round,
        status: index > circle.index ? "waiting" : running ? "running" : "done",
        kind: planned.kind,
        theme: themeOf(meeting, each),
        ...(planned.themes && each.theme === undefined ? { themes: planned.themes } : {}),
        secondsPerTurn: (planned.limitMs + (index === circle.index ? circle.moreMs : 0)) / 1000,
        ...(planned.speakers === "keeper" ? { speakers: "keeper" as const } : {}),
        ...(planned.plugins ? { plugins: [...planned.plugins] } : {}),
        ...NOTHING_SHOWN,
        ...(each.data ? shownOf(meeting, each) : {}),
      },
    ];
  });
}

type ToCome = Pick<EndedCircle, "index" | "step" | "round" | "theme"> & { readonly data?: never };

function circlesToCome(meeting: StartedMeeting): ToCome[] {
  if (meeting.phase === "ended") return [];
  const ran = circlesThatRan(meeting);
  const next = meeting.phase === "between" ? meeting : null;
  const nextStep = next?.nextStep ?? meeting.circle.step + 1;
  return meeting.plan.circles.slice(nextStep).map((_, i) => {
    const step = nextStep + i;
    const round = 1 + ran.filter((each) => each.step === step).length;
    const theme = i === 0 && next?.nextTheme ? { theme: next.nextTheme.theme } : {};
    return { index: ran.length + i, step, round, ...theme };
  });
}

function shownOf(meeting: Meeting, { kind, data, index }: EndedCircle): Partial<ShownFields> {
  const when = { over: isOver(meeting, index), past: index !== circleOf(meeting)?.index };
  return KINDS[kind].shown?.(data, when) ?? {};
}

function turnShown(meeting: RunningMeeting, turn: Turn): TurnSnapshot {
  const { id, speaker, hand, limitMs, spentMs, runningSince, lapsesAt, extensionAsked } = turn;
  const status = turn.status === "offered" ? "offered" : runningSince === null ? "held" : "speaking";
  const listeners = present(meeting).filter((who) => who !== speaker).length;
  const extension =
    planOfCircle(meeting)?.extension === "ring"
      ? { asked: [...votesForMore(turn)], needed: Math.floor(listeners / 2) + 1 }
      : null;
  const wantsMore = extensionAsked.includes(speaker) ? { wantsMore: true as const } : {};
  return {
    id,
    speaker,
    hand,
    extension,
    ...wantsMore,
    status,
    limitMs,
    spentMs,
    runningSince,
    lapsesAt,
    ...timing(meeting, turn),
  };
}
