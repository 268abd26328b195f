import type { EventId, MeetingId, ParticipantId, RoomId } from "../../../appservice/protocol/identity.ts";

/** For tests: the one place where a written id becomes an id of its kind. Short ones, such as "m1", will do. */
export const meetingId = (text: string): MeetingId => text as MeetingId;
export const personId = (text: string): ParticipantId => text as ParticipantId;
export const roomId = (text: string): RoomId => text as RoomId;
export const eventId = (text: string): EventId => text as EventId;
