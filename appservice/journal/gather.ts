import { soughtOf } from "../circle/agreement-rulings.ts";
import { decide } from "../circle/decide.ts";
import type { CircleEvent } from "../circle/event.ts";
import type { Meeting } from "../circle/meeting.ts";
import type { Shown } from "../protocol/agreement.ts";
import { type Language, MeetingId, type RoomId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";

type Gathering = {
  readonly id: MeetingId;
  readonly roomId: RoomId;
  readonly language: Language;
  readonly at: number;
  readonly asks?: Shown | undefined;
};

/** Events by which a room's new meeting begins. People who are still in the call sit in it without joining again. */
export function gatheredAfter(before: Meeting | null, { at, asks, ...given }: Gathering): CircleEvent[] {
  const gathered = decide(null, { type: "gather", ...given, at, ...(asks && { asks }) });
  if (!gathered.accepted) return [];
  const stayed = (before?.people ?? []).filter(({ presence }) => presence === "call");
  const joined = stayed.map(
    ({ id: who, name }): CircleEvent => ({ type: "person-joined", who, name, presence: "call", at }),
  );
  const sought = asks ? stayed.map(({ id: who, name }) => soughtOf(who, name, at)) : [];
  return [...gathered.events, ...joined, ...sought];
}

export function newMeetingId(): MeetingId {
  return MeetingId.parse(`m${randomBytes(8).toString("hex")}`);
}
