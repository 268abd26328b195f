import type { Meetings } from "../journal/meetings.ts";
import { insider } from "../protocol/actor.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Homeserver } from "./homeserver.ts";

export type EndMeetingDeps = {
  readonly meetings: Pick<Meetings, "of" | "send">;
  readonly homeserver: Pick<Homeserver, "botId">;
  readonly now: () => number;
};

/** Ends the room's meeting. True where one was running. */
export function endMeeting(room: RoomId, { meetings, homeserver: { botId }, now }: EndMeetingDeps): boolean {
  if (meetings.of(room) === null) return false;
  const actor = insider(botId, botId, "service");
  return meetings.send(room, { type: "end", actor, expectedVersion: null, at: now() }).accepted;
}
