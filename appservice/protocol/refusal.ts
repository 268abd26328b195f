import { KIND_REFUSALS } from "../circle/kinds/words.ts";
import { NAMESPACE } from "./namespace.ts";

/** Reasons why the circle refuses a command. Each has a sentence in every language's catalogue under `refusal.CODE`. */
export const REFUSALS = [
  "stale",
  "no-meeting",
  "meeting-running",
  "nobody-joined",
  "not-in-circle",
  "not-in-room",
  "already-joined",
  "not-keeper",
  "not-your-turn",
  "no-turn",
  "not-offered",
  "already-paused",
  "not-paused",
  "paused",
  "call-away",
  "not-between",
  "unknown-scenario",
  "nobody-may-extend",
  "already-asked",
  "keeper-alone-skips",
  "no-such-person",
  "not-next",
  "hand-up",
  "no-hand",
  "no-hand-there",
  "not-consenting",
  "objection-needs-reason",
  "not-writing",
  "nothing-written",
  "too-long",
  "ambiguous-name",
  "not-moderator",
  "not-yours-to-correct",
  "corrected-meanwhile",
  "nothing-to-correct",
  "only-its-speaker",
  "nothing-to-remake",
  "not-kept",
  "room-replaced",
  "no-circle",
  "nobody-waits",
  "turn-to-come",
  "unwritten",
  "shown-changed",
  "purpose-not-offered",
  "purpose-too-often",
  "scribe-away",
  "scribe-here",
  "not-yours-to-ask-back",
  "not-for-guests",
  "no-consent",
  "no-shares",
  "no-pot",
  ...KIND_REFUSALS,
] as const;
/** One of them, as the page of a circle shows it. */
export type CircleRefusal = (typeof REFUSALS)[number];

/** Reasons why an assembly refuses a command; the page for a single circle does without them. */
export const ASSEMBLY_REFUSALS = [
  "no-assembly",
  "assembly-running",
  "assembly-not-begun",
  "assembly-full",
  "not-in-assembly",
  "already-in-assembly",
  "no-such-ring",
  "no-chair",
  "chair-taken",
  "links-into-assembly",
  "voice-taken",
  "no-voice",
  "no-delegate-here",
  "no-topics-now",
  "too-many-topics",
  "too-many-own-topics",
  "too-many-wishes",
  "no-such-topic",
  "assembly-lacks-scenario",
  "sizes-are-fixed",
  "begun-by-assembly",
  "seats-by-assembly",
] as const;

export type RefusalCode = CircleRefusal | (typeof ASSEMBLY_REFUSALS)[number];

/** A refusal with what its sentence needs, such as the speaker's id. */
export type Refusal = { readonly code: RefusalCode; readonly detail: Readonly<Record<string, string | number>> };

/** Error code over HTTP, namespaced as the Client-Server API asks of codes that are not its own. */
export function errcodeOf(code: RefusalCode): string {
  return `${NAMESPACE}.${code.replaceAll("-", "_")}`.toUpperCase();
}
