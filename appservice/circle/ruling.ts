import type { Refusal, RefusalCode } from "../protocol/refusal.ts";
import type { CircleEvent } from "./event.ts";

/** Answer to a command: the events that it brings about (none: it is so already), or why it is refused. */
export type Ruling<Event = CircleEvent> =
  | { readonly accepted: true; readonly events: readonly Event[] }
  | { readonly accepted: false; readonly refusal: Refusal };

export function accept(...events: CircleEvent[]): Ruling {
  return { accepted: true, events };
}

export function refuse(code: RefusalCode, detail: Refusal["detail"] = {}): Extract<Ruling, { accepted: false }> {
  return { accepted: false, refusal: { code, detail } };
}
