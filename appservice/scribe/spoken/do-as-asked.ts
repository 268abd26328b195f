import { turnOf } from "../../circle/meeting.ts";
import type { Meetings } from "../../journal/meetings.ts";
import { type Actor, actorSeen } from "../../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { SpokenRequest } from "../listening.ts";
import { type AskedAloud, asCommands } from "./as-commands.ts";

export type SpokenDeps = {
  readonly meetings: Meetings;
  /** Resolves to somebody who is heard in the call, with their rights in the room. */
  readonly speakerIn: (room: RoomId, who: ParticipantId) => Promise<Actor>;
  readonly now: () => number;
};

/** Does the request of a speaker, unless the floor has moved on while their rights were read from the room. */
export async function doAsAsked(
  { room, turn, speaker, command }: SpokenRequest,
  { meetings, speakerIn, now }: SpokenDeps,
): Promise<void> {
  const actor = concernsAll(command) ? await speakerIn(room, speaker) : actorSeen(speaker, "speech");
  const place = meetings.placeFor(room, speaker);
  const current = turnOf(meetings.of(place)?.meeting);
  if (current?.id !== turn || current.speaker !== speaker) return;
  for (const each of asCommands(command, actor, now())) {
    if (meetings.send(place, each).accepted) return;
  }
}

function concernsAll({ type }: AskedAloud): boolean {
  return type === "pause" || type === "resume" || type === "extend";
}
