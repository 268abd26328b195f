import type { Circle } from "./circle.ts";
import type { CircleEvent } from "./event.ts";
import { stageWords } from "./kinds/words.ts";
import type { Fresh, RunningMeeting } from "./meeting.ts";
import { inOrder } from "./order.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

/** Circle that the keeper cut short: nobody waits for the word any more. */
export function cutShort(circle: Circle, { by, unheard }: Of<"circle-cut-short">): Circle {
  return { ...circle, waiting: [], kept: [], cutShort: { by, unheard } };
}

/**
 * Changes the order: in a running circle those who still wait change places among themselves; else it is the order of
 * the next.
 */
export function orderSet(meeting: Fresh, { order }: Of<"order-set">): void {
  if (meeting.phase === "ended") return;
  if (meeting.phase !== "circle") {
    meeting.nextOrder = order;
    return;
  }
  const { circle } = meeting;
  const waiting = inOrder(circle.waiting, order);
  const ring = [...circle.ring.filter((id) => !waiting.includes(id)), ...waiting];
  meeting.circle = { ...circle, waiting, ring };
}

export function timeAdded(circle: Circle, { byMs, endsAt }: Of<"time-added">): Circle {
  if (stageWords(circle.stage).word !== "ring") return { ...circle, endsAt };
  const kept = circle.kept.map((each) => ({ ...each, limitMs: each.limitMs + byMs }));
  return { ...circle, endsAt, kept, moreMs: circle.moreMs + byMs };
}

export function themeSet(meeting: Fresh<RunningMeeting>, { theme, by, message }: Of<"theme-set">): void {
  const source = message ?? by;
  if (meeting.phase === "between") {
    meeting.nextTheme = { theme, from: source };
    return;
  }
  meeting.circle = { ...meeting.circle, theme, themeFrom: source };
}
