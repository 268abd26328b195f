import { type Assembly, staying } from "../assembly/assembly.ts";
import { type Meeting, startOf } from "../circle/meeting.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import { MeetingId, type RoomId } from "../protocol/identity.ts";

/** Something of a room that guests may be of, and the names of those who take part in it. */
export type GuestsMeeting = {
  readonly id: MeetingId;
  readonly names: readonly string[];
  readonly startedAt: number | null;
  readonly isOver: boolean;
};

type GuestsMeetingDeps = {
  readonly meetings: Pick<Meetings, "of">;
  readonly assemblies: Pick<Assemblies, "of">;
};

/** The newest that a room has for guests: its own meeting, or an assembly in which nobody needs a seat to listen. */
export function guestsMeeting(room: RoomId, { meetings, assemblies }: GuestsMeetingDeps): GuestsMeeting | null {
  const meeting = meetings.of(room)?.meeting ?? null;
  const assembly = assemblies.of(room);
  return assembly && isNewer(assembly, meeting) ? ofAssembly(assembly) : meeting && ofMeeting(meeting);
}

function isNewer(assembly: Assembly, meeting: Meeting | null): boolean {
  if (!meeting) return true;
  if (meeting.phase !== "ended") return false;
  return assembly.phase !== "ended" || assembly.endedAt > meeting.endedAt;
}

function ofMeeting(meeting: Meeting): GuestsMeeting {
  const names = meeting.people.map(({ name }) => name);
  const startedAt = startOf(meeting)?.startedAt ?? null;
  return { id: meeting.id, names, startedAt, isOver: meeting.phase === "ended" };
}

/** Guests are kept by the meeting that they are of: an assembly has a number there that no meeting has, which are shorter. */
function ofAssembly(assembly: Assembly): GuestsMeeting {
  return {
    id: MeetingId.parse(`m${assembly.id}`),
    names: staying(assembly).map(({ name }) => name),
    startedAt: assembly.phase === "gathering" ? null : (assembly.startedAt ?? null),
    isOver: assembly.phase === "ended",
  };
}
