import type { CircleEvent } from "./event.ts";
import { stageWords } from "./kinds/words.ts";
import type { Circle, Meeting } from "./meeting.ts";
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
export function orderSet(meeting: Meeting, { order }: Of<"order-set">): Meeting {
  const { circle, phase } = meeting;
  if (phase !== "circle" || !circle) return { ...meeting, nextOrder: order };
  const waiting = inOrder(circle.waiting, order);
  const ring = [...circle.ring.filter((id) => !waiting.includes(id)), ...waiting];
  return { ...meeting, circle: { ...circle, waiting, ring } };
}

export function timeAdded(circle: Circle, { byMs, endsAt }: Of<"time-added">): Circle {
  if (stageWords(circle.stage).word !== "ring") return { ...circle, endsAt };
  const kept = circle.kept.map((each) => ({ ...each, limitMs: each.limitMs + byMs }));
  return { ...circle, endsAt, kept, moreMs: circle.moreMs + byMs };
}

export function themeSet(
  { nextThemeFrom: _, ...meeting }: Meeting,
  { circle: index, theme, message }: Of<"theme-set">,
): Meeting {
  if (meeting.circle?.index !== index)
    return { ...meeting, nextTheme: theme, ...(message === undefined ? {} : { nextThemeFrom: message }) };
  const { themeFrom: __, ...circle } = meeting.circle;
  return { ...meeting, circle: { ...circle, theme, ...(message === undefined ? {} : { themeFrom: message }) } };
}
