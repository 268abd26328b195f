import { answerOf } from "../circle/agreement.ts";
import type { Command } from "../circle/command.ts";
import type { Meeting } from "../circle/meeting.ts";
import { covers, type Shown } from "../protocol/agreement.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** Items to which somebody has agreed for all meetings of a room; null: to nothing beyond each meeting. */
export type StandingAgreement = (room: RoomId, who: ParticipantId) => Shown | null;

type MeetingCommand = Exclude<Command, { type: "gather" }>;

/** A command by which somebody would be asked, with the answer that they have given for the whole room. */
export function withStanding(
  command: MeetingCommand,
  meeting: Meeting | null,
  standing: StandingAgreement,
): MeetingCommand {
  if (command.type !== "join" && command.type !== "seek-agreement") return command;
  if (!meeting?.agreement || answerOf(meeting, command.actor.id) !== null) return command;
  if (command.type === "join" && command.agreement) return command;
  const shown = standing(meeting.roomId, command.actor.id);
  if (!shown || !covers(shown, meeting.agreement.asks)) return command;
  if (command.type === "join") return { ...command, agreement: { agreed: true, shown } };
  const { actor, at, expectedVersion } = command;
  return { type: "agree", agreed: true, shown, actor, at, expectedVersion };
}
