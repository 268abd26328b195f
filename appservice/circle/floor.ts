import type { ParticipantId } from "../protocol/identity.ts";

/**
 * People who may be heard. `open`: everybody may open their own microphone (before and after a meeting). `speaker`:
 * one person, whose microphone is opened for them. `closed`: nobody (a pause, or between two turns).
 */
export type Floor =
  | { readonly mode: "open" }
  | { readonly mode: "speaker"; readonly speaker: ParticipantId }
  | { readonly mode: "closed" };
