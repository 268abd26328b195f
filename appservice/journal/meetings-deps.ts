import type { Command } from "../circle/command.ts";
import type { Ruling } from "../circle/ruling.ts";
import type { Shown } from "../protocol/agreement.ts";
import type { Language, ParticipantId, RingNumber, RoomId } from "../protocol/identity.ts";
import type { MeetingsAtHandDeps } from "./meetings-at-hand.ts";
import type { Pulse } from "./pulse.ts";
import type { StandingAgreement } from "./standing-agreement.ts";

export type MeetingsDeps = MeetingsAtHandDeps & {
  /** Language of the room, for a meeting that begins in it. */
  readonly languageOf: (room: RoomId) => Language;
  /**
   * Items that people of a room are shown before they say whether their words may be written down; left out: nobody is
   * asked.
   */
  readonly asksIn?: (room: RoomId) => Shown;
  /** Items to which somebody has agreed for all meetings of a room; left out: nobody has. */
  readonly standing?: StandingAgreement;
  /** Ring of the room's assembly in which somebody is now; left out, and null: none. */
  readonly seatOf?: (room: RoomId, who: ParticipantId) => RingNumber | null;
  /** Tells whether people could be heard; left out: they always could. */
  readonly pulse?: Pulse;
  /** Hears of each command and its outcome. */
  readonly onDecided?: (command: Command, decision: Ruling) => void;
  /** Hears why the journal could not be written; true where that is seen to, and `goOn` will be called. */
  readonly onNotKept?: (error: unknown) => boolean;
};
