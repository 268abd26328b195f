import type { Meetings } from "../../journal/meetings.ts";
import type { ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { Asked } from "../listening.ts";
import { type AskedAloud, asCommands } from "./as-commands.ts";

export type Means = {
  readonly meetings: Meetings;
  readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean>;
  readonly now: () => number;
};

/** Does what a speaker asked for, unless the word has moved on while their rights were read from the room. */
export async function doAsAsked(
  { room, turn, speaker, command }: Asked,
  { meetings, isModerator, now }: Means,
): Promise<void> {
  const moderator = concernsAll(command) ? await isModerator(room, speaker) : false;
  const current = meetings.of(room)?.meeting.turn;
  if (current?.id !== turn || current.speaker !== speaker) return;
  for (const each of asCommands(command, { by: speaker, moderator, at: now() })) {
    if (meetings.send(room, each).accepted) return;
  }
}

function concernsAll({ type }: AskedAloud): boolean {
  return type === "pause" || type === "resume" || type === "extend";
}
