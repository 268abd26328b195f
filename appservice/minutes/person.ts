import type { ParticipantId } from "../protocol/identity.ts";

/** Person of a meeting as the minutes name them. */
export type MinutesPerson = { readonly id: ParticipantId; readonly name: string };

/** Name of somebody; their id where they are not among these people. */
export function nameOf(id: ParticipantId | undefined, people: readonly MinutesPerson[]): string {
  return people.find((person) => person.id === id)?.name ?? id ?? "";
}
