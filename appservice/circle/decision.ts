import type { Refusal, RefusalCode } from "../protocol/refusal.ts";
import type { CircleEvent } from "./event.ts";

export type Decision =
  | { readonly accepted: true; readonly events: readonly CircleEvent[] }
  | { readonly accepted: false; readonly refusal: Refusal };

export function accept(...events: CircleEvent[]): Decision {
  return { accepted: true, events };
}

export function refuse(code: RefusalCode, detail: Refusal["detail"] = {}): Decision {
  return { accepted: false, refusal: { code, detail } };
}
