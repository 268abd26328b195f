import type { MeetingId, RoomId } from "../protocol/identity.ts";

/** Within which a message's key is unique: a meeting, or what the bot says to a room beside its meetings. */
export type Scope =
  | { readonly kind: "meeting"; readonly meeting: MeetingId }
  | { readonly kind: "room"; readonly room: RoomId };

export const ofMeeting = (meeting: MeetingId): Scope => ({ kind: "meeting", meeting });
export const ofRoom = (room: RoomId): Scope => ({ kind: "room", room });

/** Gives the spelling under which the database has a scope. */
export function formatScope(scope: Scope): string {
  return scope.kind === "meeting" ? scope.meeting : scope.room;
}

/** Reads a spelling of `formatScope`. Room ids alone begin with "!". */
export function parseScope(text: string): Scope {
  return text.startsWith("!") ? ofRoom(text as RoomId) : ofMeeting(text as MeetingId);
}

/** Tells whether a message belongs to that meeting. */
export function isOfMeeting(scope: Scope, meeting: MeetingId): boolean {
  return scope.kind === "meeting" && scope.meeting === meeting;
}
