import type { EndedCircle } from "./circle.ts";
import type { CircleEvent } from "./event.ts";
import { KINDS, ownOf, withoutWords, wordsOf } from "./kinds/kinds.ts";
import type { Fresh } from "./meeting.ts";
import { NO_WORDS, planWithout, withoutQuotesOf } from "./quotes.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";

/** Takes back the words of a source (`sourceOf`). A theme that was set by it is again the plan's. */
export function wordsTakenBack(meeting: Fresh, source: string): void {
  if (meeting.phase === "gathering") return;
  if (meeting.topicFrom === source) {
    meeting.plan = planWithout(meeting.plan, meeting.topic);
    meeting.topic = "";
  }
  const quoted = meeting.quotes.find(({ by }) => by === source)?.by;
  if (quoted) {
    const { plan, topic, quotes } = meeting;
    Object.assign(meeting, withoutQuotesOf({ plan, topic, quotes }, quoted));
  }
  meeting.pastCircles = meeting.pastCircles.map((past) => withoutIt(past, source));
  if (meeting.phase === "circle") meeting.circle = withoutIt(meeting.circle, source);
  else meeting.circle = withoutIt(meeting.circle, source);
  if (meeting.phase === "between" && meeting.nextTheme?.from === source) meeting.nextTheme = null;
}

function withoutIt<C extends EndedCircle>(circle: C, source: string): C {
  const { kind, data } = circle;
  const cleaned = { ...circle, ...ownOf(kind, KINDS[kind].forget?.(data, source) ?? data) };
  if (circle.themeFrom !== source) return cleaned;
  const { theme: _, themeFrom: __, ...planned } = cleaned;
  return planned as C;
}

/** Event as the journal keeps it once its words were taken back. Folded, it comes to the same. */
export function eventWithout(event: CircleEvent, message: string): CircleEvent {
  return "message" in event && event.message === message ? wordless(event) : event;
}

/** The same where all words of a person go. */
export function eventWithoutWordsOf(event: CircleEvent, who: ParticipantId): CircleEvent {
  if (event.type === "meeting-taken-up") return { ...event, snapshot: snapshotWithout(event.snapshot, who) };
  if (event.type === "meeting-started" && event.quotes) return withoutQuotesOf(event, who);
  return writerOf(event) === who ? wordless(event) : event;
}

/** Words of a person in it. */
export function wordsOfIn(event: CircleEvent, who: ParticipantId): readonly string[] {
  if (event.type === "meeting-started" && event.quotes)
    return event.quotes.flatMap(({ by, words }) => (by === who && isSaid(words) ? [words] : []));
  return writerOf(event) === who ? wordsIn(event) : [];
}

/** People of whom there may be words in it. */
export function writersIn(event: CircleEvent): readonly ParticipantId[] {
  if (event.type === "meeting-started" && event.quotes) return [...new Set(event.quotes.map(({ by }) => by))];
  if (event.type !== "meeting-taken-up") return [writerOf(event)].filter((who) => who !== null);
  const circles = event.snapshot.circles;
  return [...new Set(circles.flatMap(({ stances, texts }) => [...stances, ...texts].map(({ who }) => who)))];
}

function writerOf(event: CircleEvent): ParticipantId | null {
  return "who" in event ? event.who : "by" in event ? (event.by ?? null) : null;
}

function snapshotWithout(snapshot: MeetingSnapshot, who: ParticipantId): MeetingSnapshot {
  const circles = snapshot.circles.map((circle) => ({
    ...circle,
    stances: circle.stances.map((each) =>
      each.who === who && each.reason !== "" ? { ...each, reason: NO_WORDS } : each,
    ),
    texts: circle.texts.map((each) => (each.who === who ? { ...each, text: "" } : each)),
    ...(circle.vote && {
      vote: circle.vote.map((group) => ({
        ...group,
        texts: group.texts.map((each) => (each.who === who ? { ...each, text: "" } : each)),
      })),
    }),
  }));
  return { ...snapshot, circles };
}

function wordless(event: CircleEvent): CircleEvent {
  switch (event.type) {
    case "meeting-started":
      return { ...event, topic: "", plan: planWithout(event.plan, event.topic) };
    case "theme-set":
      return { ...event, theme: NO_WORDS };
    default:
      return withoutWords(event);
  }
}

/** The words of it. */
export function wordsIn(event: CircleEvent): readonly string[] {
  switch (event.type) {
    case "meeting-started":
      return [event.topic].filter(isSaid);
    case "theme-set":
      return [event.theme].filter(isSaid);
    default:
      return wordsOf(event).filter(isSaid);
  }
}

function isSaid(words: string): boolean {
  return words !== "" && words !== NO_WORDS;
}
