import type { Admissions } from "../../admission/admission.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { Homeserver } from "../homeserver.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { RoomFacts } from "../room-facts.ts";

export type MemberDeps = {
  readonly meetings: Pick<Meetings, "placesIn" | "send">;
  readonly admissions: Pick<Admissions, "mayBeIn" | "nameOf">;
  readonly facts: Pick<RoomFacts, "peopleIn">;
  readonly homeserver: Pick<Homeserver, "botId" | "leave">;
  /** A person is no longer in the room: their session and their place in the call end. */
  readonly onGone: (room: RoomId, who: ParticipantId) => void;
  readonly now: () => number;
};

/** Follows another than the bot: a new name, a departure. With nobody left in the room, the bot goes as well. */
export async function memberChanged(
  { room_id: room, state_key: who, content: { membership } }: RoomEventOf<"m.room.member">,
  { meetings, admissions, facts, homeserver, now, onGone }: MemberDeps,
): Promise<void> {
  const places = meetings.placesIn(room);
  if (membership === "join" && places.length > 0) {
    const name = await admissions.nameOf(room, who);
    for (const place of places) meetings.send(place, { type: "renamed", who, name, at: now() });
  }
  if (membership !== "leave" && membership !== "ban") return;
  for (const place of places) meetings.send(place, { type: "removed", who, at: now() });
  // A person who was let in again while this event waited is a member.
  if (!(await admissions.mayBeIn(room, who))) onGone(room, who);
  const people = await facts.peopleIn(room);
  if (people.every((id) => id === homeserver.botId)) await homeserver.leave(room);
}
