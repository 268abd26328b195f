import type { Actor } from "../protocol/actor.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { may, type Right, type RuledMeeting } from "../protocol/rights.ts";
import { type Assembly, guestsIdOf, staying } from "./assembly.ts";

/** Tells whether somebody may do with the whole assembly what whoever has this right may do with a meeting. */
export function mayInAssembly(right: Right, { phase, keeper, members }: Assembly, actor: Actor): boolean {
  // Rights ask of nobody else whether they take part, and an assembly is a thousand people.
  const own = members.filter(({ id }) => id === actor.id);
  const people = own.map(({ id, here, gone }) => ({ id, presence: presenceOf(here, gone) }));
  return may(right, actor, { phase: phase === "running" ? "circle" : phase, keeper, people });
}

/** Tells whether somebody may end it. One that has not begun holds nobody: whoever gathers in it may let it go. */
export function mayEndAssembly(assembly: Assembly, actor: Actor): boolean {
  const right = assembly.phase === "gathering" ? "arrange" : "end-meeting";
  return mayInAssembly(right, assembly, actor) || staying(assembly).length === 0;
}

function presenceOf(here: boolean, gone: boolean): RuledMeeting["people"][number]["presence"] {
  if (gone) return "left";
  return here ? "call" : "room";
}

/**
 * An assembly to which links for guests lead: while one gathers and a circle runs in the room, they lead into the
 * circle.
 */
export function opensToGuests(assembly: Assembly | null, room: RuledMeeting | null): assembly is Assembly {
  if (assembly?.phase === "running") return true;
  const circleRuns = room?.phase === "circle" || room?.phase === "between";
  return assembly?.phase === "gathering" && !circleRuns;
}

/**
 * Tells whether somebody may make links for guests, which lead into the assembly, or else into the room's own meeting.
 */
export function mayHostGuests(assembly: Assembly | null, room: RuledMeeting | null, actor: Actor): boolean {
  return opensToGuests(assembly, room)
    ? mayInAssembly("host-guests", assembly, actor)
    : may("host-guests", actor, room);
}

/**
 * Tells whether somebody may let guests of this meeting in and put them out: it decides itself, wherever links lead by
 * now. `of` null, or a meeting of before: whoever makes links decides.
 */
export function mayHostGuestsOf(
  of: MeetingId | null,
  assembly: Assembly | null,
  room: (RuledMeeting & { readonly id: MeetingId }) | null,
  actor: Actor,
): boolean {
  if (assembly && guestsIdOf(assembly) === of) return mayInAssembly("host-guests", assembly, actor);
  return room?.id === of ? may("host-guests", actor, room) : mayHostGuests(assembly, room, actor);
}

/**
 * Tells whether somebody hosts guests of the room, if only those of its own meeting that gathers beside an assembly.
 */
export function hostsSomeGuests(assembly: Assembly | null, room: RuledMeeting | null, actor: Actor): boolean {
  return mayHostGuests(assembly, room, actor) || (room?.phase === "gathering" && may("host-guests", actor, room));
}

/** Tells the same where links lead into an assembly; null: they do not, and the room's own meeting decides. */
export function hostsBesideAssembly(
  assembly: Assembly | null,
  room: RuledMeeting | null,
  actor: Actor,
): boolean | null {
  return opensToGuests(assembly, room) ? hostsSomeGuests(assembly, room, actor) : null;
}
