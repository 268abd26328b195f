import { EventEmitter } from "node:events";
import type { CallState } from "../call/calls-options.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { CirclePlace } from "../protocol/place.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { OutOfTurn } from "../protocol/out-of-turn.ts";

/** News that one part tells and another may have to act on; the meetings' own news comes by `Meetings.listen`. */
type NewsTypes = {
  /** The call of a place can be reached by another name. */
  "call-moved": [place: CirclePlace];
  /** A room is encrypted from now on. */
  encrypted: [room: RoomId];
  /** A room's call has a new key. */
  "media-key": [room: RoomId];
  "call-state": [place: CirclePlace, state: CallState];
  /** Somebody came into the call, or dropped out of it. */
  presence: [place: CirclePlace, who: ParticipantId, connected: boolean];
  /** A microphone was closed, since it was another's turn. */
  "out-of-turn": [place: CirclePlace, who: ParticipantId, what: OutOfTurn];
  /** Somebody is no member of the room any more. */
  "left-room": [room: RoomId, who: ParticipantId];
  /** Somebody ends all that is open in their name. */
  "signed-out": [who: ParticipantId];
  /** Accounts of Telegram are somebody's no more, who is of Matrix. */
  "telegram-parted": [who: ParticipantId];
  /**
   * The bot is in the room again, or has the power again, or a message of its own that held the state was taken away.
   */
  "room-opened": [room: RoomId];
  /** A task of a meeting stands in a task manager now, or stands there otherwise than before. */
  "task-outside": [live: LiveMeeting];
  /** The disk takes what is written again. */
  "storage-back": [];
};

/**
 * Carries news from the part where they happen to the policies that act on them; each policy is a file beside this one.
 */
export class News extends EventEmitter<NewsTypes> {}
