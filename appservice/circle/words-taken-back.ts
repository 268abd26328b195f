import type { EndedCircle } from "./circle.ts";
import type { CircleEvent } from "./event.ts";
import { KINDS, ownOf, withoutWords, wordsOf } from "./kinds/kinds.ts";
import type { Fresh } from "./meeting.ts";
import type { Plan } from "./scenario.ts";

/** Stands where a reason was: that somebody objected stays known. */
const NO_REASON = "—";

/** Takes back what was typed in a message. A theme that was set by it is again the plan's. */
export function wordsTakenBack(meeting: Fresh, message: string): void {
  if (meeting.phase === "gathering") return;
  if (meeting.topicFrom === message) {
    meeting.plan = withoutTopic(meeting.plan, meeting.topic);
    meeting.topic = "";
  }
  meeting.pastCircles = meeting.pastCircles.map((past) => withoutIt(past, message));
  if (meeting.phase === "circle") meeting.circle = withoutIt(meeting.circle, message);
  else meeting.circle = withoutIt(meeting.circle, message);
  if (meeting.phase === "between" && meeting.nextTheme?.from === message) meeting.nextTheme = null;
}

function withoutIt<C extends EndedCircle>(circle: C, message: string): C {
  const { kind, data } = circle;
  const cleaned = { ...circle, ...ownOf(kind, KINDS[kind].forget?.(data, message) ?? data) };
  if (circle.themeFrom !== message) return cleaned;
  const { theme: _, themeFrom: __, ...planned } = cleaned;
  return planned as C;
}

/** Event as the journal keeps it once its words were taken back. Folded, it comes to the same. */
export function eventWithout(event: CircleEvent, message: string): CircleEvent {
  if (!("message" in event) || event.message !== message) return event;
  switch (event.type) {
    case "meeting-started":
      return { ...event, topic: "", plan: withoutTopic(event.plan, event.topic) };
    case "theme-set":
      return { ...event, theme: NO_REASON };
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
  return words !== "" && words !== NO_REASON;
}

/** Removes the topic from the plan, whose themes were worded with it. */
function withoutTopic(plan: Plan, topic: string): Plan {
  if (topic === "") return plan;
  const clean = (theme: string) => theme.replaceAll(topic, NO_REASON);
  return {
    ...plan,
    circles: plan.circles.map((circle) => ({
      ...circle,
      theme: clean(circle.theme),
      ...(circle.themes
        ? {
            themes: Object.fromEntries(
              Object.entries(circle.themes).map(([language, theme]) => [language, clean(theme)]),
            ) as typeof circle.themes,
          }
        : {}),
    })),
  };
}
