import type { CircleEvent } from "./event.ts";
import type { Circle, Meeting } from "./meeting.ts";
import { inOrder } from "./order.ts";

type Of<T extends CircleEvent["type"]> = Extract<CircleEvent, { type: T }>;

/** What becomes of a meeting by what its keeper changes on the way. */
export function cutShort(circle: Circle, { by, unheard }: Of<"circle-cut-short">): Circle {
  return { ...circle, waiting: [], kept: [], cutShort: { by, unheard } };
}

/** In a running circle those who still wait change places among themselves; else it is the order of the next. */
export function orderSet(meeting: Meeting, { order }: Of<"order-set">): Meeting {
  const { circle, phase } = meeting;
  if (phase !== "circle" || !circle) return { ...meeting, nextOrder: order };
  const waiting = inOrder(circle.waiting, order);
  const ring = [...circle.ring.filter((id) => !waiting.includes(id)), ...waiting];
  return { ...meeting, circle: { ...circle, waiting, ring } };
}

export function timeAdded(circle: Circle, { byMs, endsAt }: Of<"time-added">): Circle {
  if (circle.stage !== "round") return { ...circle, endsAt };
  const kept = circle.kept.map((each) => ({ ...each, limitMs: each.limitMs + byMs }));
  return { ...circle, endsAt, kept, moreMs: circle.moreMs + byMs };
}

export function themeSet(meeting: Meeting, { circle: index, theme }: Of<"theme-set">): Meeting {
  const { circle } = meeting;
  return circle?.index === index ? { ...meeting, circle: { ...circle, theme } } : { ...meeting, nextTheme: theme };
}
