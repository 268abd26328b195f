import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import type { PurposeState } from "../purposes/state.ts";

/** Source of a set: all that the service keeps, read as it is at that moment. */
export type DatasetSource = {
  readonly rooms: () => readonly RoomId[];
  /** Meetings of a room, the oldest first. */
  readonly meetings: (room: RoomId) => readonly MeetingId[];
  /** Number of entries in a meeting's journal; 0 where there is none any more. */
  readonly lengthOf: (meeting: MeetingId) => number;
  /** Null where it cannot be read, or is there no more. */
  readonly read: (room: RoomId, meeting: MeetingId) => Promise<LiveMeeting | null>;
  readonly purposes: (room: RoomId) => PurposeState;
  readonly vocabulary: (room: RoomId) => readonly string[];
  /** Sound of an utterance as FLAC; null where none is kept. */
  readonly sound: (room: RoomId, meeting: MeetingId, utterance: Utterance) => Promise<Uint8Array | null>;
  /** Tells whether there is any, without reading it. */
  readonly hasSound: (room: RoomId, meeting: MeetingId, utterance: Utterance) => boolean;
};
