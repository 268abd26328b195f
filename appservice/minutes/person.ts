import type { ParticipantId } from "../protocol/identity.ts";

/** Person of a meeting as the minutes name them. */
export type MinutesPerson = { readonly id: ParticipantId; readonly name: string };
