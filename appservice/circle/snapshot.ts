import type { ParticipantId } from "../protocol/identity.ts";
import type { CircleSnapshot, MeetingSnapshot, TurnSnapshot } from "../protocol/meeting-snapshot.ts";
import { answerOf } from "./agreement.ts";
import { timing } from "./clock.ts";
import { handsRule, KINDS } from "./kinds/kinds.ts";
import { NOTHING_SHOWN, type ShownFields } from "./kinds/words.ts";
import {
  circlesThatRan,
  type EndedCircle,
  isOver,
  type Meeting,
  nextInCircle,
  planOfCircle,
  present,
  themeOf,
  type Turn,
  votesForMore,
} from "./meeting.ts";
import { ringOf } from "./flow.ts";
import { handsInOrder } from "./order.ts";
import { unevennessPercent } from "./talk-time.ts";

/** The meeting as everybody may see it. */
export function snapshotOf(meeting: Meeting, at: number): MeetingSnapshot {
  const { circle, plan, turn } = meeting;
  const planned = planOfCircle(meeting);
  const running = meeting.phase === "circle" ? circle : null;
  return {
    format: 1,
    id: meeting.id,
    roomId: meeting.roomId,
    version: meeting.version,
    at,
    phase: meeting.phase,
    paused: meeting.pausedAt !== null,
    ...(meeting.waitsForCall && { waitsForCall: true as const }),
    scenario: { id: plan?.scenario ?? "", title: plan?.title ?? "", ...(plan?.titles && { titles: plan.titles }) },
    topic: meeting.topic,
    language: meeting.language,
    keeper: meeting.keeper,
    ...(meeting.agreement && { asks: meeting.agreement.asks }),
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
    ...(meeting.nextOrder ? { order: [...meeting.nextOrder] } : {}),
    done: [...(circle?.done ?? [])],
    returns: (circle?.kept ?? []).map(({ who }) => who),
    turn: turn && turnOf(meeting, turn),
    next: nextSpeaker(meeting),
    hands: handsInOrder(meeting).map(({ who, hand }) => ({ who, hand })),
    unevenness: unevennessPercent(
      meeting.people
        .filter(({ presence, spokenMs }) => presence !== "left" || spokenMs > 0)
        .map(({ spokenMs }) => spokenMs),
    ),
    rules: { extension: planned?.extension ?? "keeper", skip: planned?.skip ?? "self" },
    nextCircleAt: meeting.nextCircleAt,
    startedAt: meeting.startedAt,
    endedAt: meeting.endedAt,
  };
}

/** Circles that ran, as they ran, and then those of the plan that are still to come. */
function circlesOf(meeting: Meeting): CircleSnapshot[] {
  const { plan, circle, phase } = meeting;
  if (!plan) return [];
  const ran = circlesThatRan(meeting);
  const nextStep = meeting.nextStep ?? (circle ? circle.step + 1 : 0);
  const toCome =
    phase === "ended"
      ? []
      : plan.circles.slice(nextStep).map((_, i) => {
          const step = nextStep + i;
          const theme = i === 0 && meeting.nextTheme !== null ? { theme: meeting.nextTheme } : {};
          return {
            index: ran.length + i,
            step,
            round: 1 + ran.filter((each) => each.step === step).length,
            ...theme,
          };
        });
  return [...ran, ...toCome].flatMap((each) => {
    const planned = plan.circles[each.step];
    if (!planned) return [];
    const { index, round } = each;
    const status =
      index > (circle?.index ?? -1) ? "waiting" : index === circle?.index && phase === "circle" ? "running" : "done";
    return {
      index,
      round,
      status,
      kind: planned.kind,
      theme: themeOf(meeting, each),
      ...(planned.themes && each.theme === undefined ? { themes: planned.themes } : {}),
      secondsPerTurn: (planned.limitMs + (index === circle?.index ? circle.moreMs : 0)) / 1000,
      ...(planned.speakers === "keeper" ? { speakers: "keeper" as const } : {}),
      ...(planned.plugins ? { plugins: [...planned.plugins] } : {}),
      ...NOTHING_SHOWN,
      ...("data" in each ? shownOf(meeting, each) : {}),
    };
  });
}

function shownOf(meeting: Meeting, { kind, data, index }: EndedCircle): Partial<ShownFields> {
  const when = { over: isOver(meeting, index), past: index !== meeting.circle?.index };
  return KINDS[kind].shown?.(data, when) ?? {};
}

function turnOf(meeting: Meeting, turn: Turn): TurnSnapshot {
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

function nextSpeaker(meeting: Meeting): ParticipantId | null {
  if (handsRule(meeting)) {
    const hand = handsInOrder(meeting).find(({ who }) => who !== meeting.turn?.speaker);
    if (hand) return hand.who;
  }
  if (meeting.phase === "circle") return (meeting.circle && nextInCircle(meeting.circle)?.who) ?? null;
  const planned =
    meeting.phase === "between" && meeting.nextStep !== null ? meeting.plan?.circles[meeting.nextStep] : undefined;
  return planned ? (ringOf(meeting, planned)[0] ?? null) : null;
}
