import { type Assembly, guestsIdOf, staying } from "../assembly/assembly.ts";
import { type Meeting, startOf } from "../circle/meeting.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";

/** Something of a room that guests may be of, and those who take part in it. */
export type GuestsMeeting = {
  readonly id: MeetingId;
  readonly people: readonly { readonly id: ParticipantId; readonly name: string }[];
  readonly startedAt: number | null;
  readonly isOver: boolean;
};

type GuestsMeetingDeps = {
  readonly meetings: Pick<Meetings, "of">;
  readonly assemblies: Pick<Assemblies, "of">;
};

/** The one that a room has for guests: its own meeting, or an assembly in which nobody needs a seat to listen. */
export function guestsMeeting(room: RoomId, { meetings, assemblies }: GuestsMeetingDeps): GuestsMeeting | null {
  const meeting = meetings.of(room)?.meeting ?? null;
  const assembly = assemblies.of(room);
  return assembly && goesBefore(assembly, meeting) ? ofAssembly(assembly) : meeting && ofMeeting(meeting);
}

/**
 * All that a room has for guests, the first as above: its own meeting that only gathers beside an assembly keeps those
 * who were let into it, until one of both is held.
 */
export function meetingsOfGuests(room: RoomId, deps: GuestsMeetingDeps): GuestsMeeting[] {
  const first = guestsMeeting(room, deps);
  const own = deps.meetings.of(room)?.meeting;
  const beside = own?.phase === "gathering" && own.id !== first?.id ? [ofMeeting(own)] : [];
  return [...(first ? [first] : []), ...beside];
}

/** All that is on in a room and can be come to, the first as above: its meeting, and an assembly. */
export function meetingsOn(room: RoomId, deps: GuestsMeetingDeps): GuestsMeeting[] {
  const first = guestsMeeting(room, deps);
  const [own, assembly] = [deps.meetings.of(room)?.meeting, deps.assemblies.of(room)];
  const all = [...(own ? [ofMeeting(own)] : []), ...(assembly ? [ofAssembly(assembly)] : [])];
  return all
    .filter(({ isOver }) => !isOver)
    .toSorted((one, other) => Number(other.id === first?.id) - Number(one.id === first?.id));
}

/**
 * Tells whether guests are of the assembly. One that gathers is what people came for, unless a circle runs beside it;
 * one that runs has them in its groups, whatever begins in the room meanwhile.
 */
function goesBefore(assembly: Assembly, meeting: Meeting | null): boolean {
  if (!meeting || assembly.phase === "running") return true;
  if (meeting.phase === "ended") return assembly.phase !== "ended" || assembly.endedAt > meeting.endedAt;
  return assembly.phase === "gathering" && meeting.phase === "gathering";
}

function ofMeeting(meeting: Meeting): GuestsMeeting {
  const startedAt = startOf(meeting)?.startedAt ?? null;
  return { id: meeting.id, people: meeting.people, startedAt, isOver: meeting.phase === "ended" };
}

function ofAssembly(assembly: Assembly): GuestsMeeting {
  return {
    id: guestsIdOf(assembly),
    people: staying(assembly),
    startedAt: assembly.phase === "gathering" ? null : (assembly.startedAt ?? null),
    isOver: assembly.phase === "ended",
  };
}
