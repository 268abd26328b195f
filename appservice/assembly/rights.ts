import type { Actor } from "../protocol/actor.ts";
import { may, type Right, type RuledMeeting } from "../protocol/rights.ts";
import { type Assembly, staying } from "./assembly.ts";

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

/** An assembly to which links for guests lead: while one gathers and a circle runs in the room, they lead into the circle. */
function opensToGuests(assembly: Assembly | null, room: RuledMeeting | null): assembly is Assembly {
  if (assembly?.phase === "running") return true;
  const circleRuns = room?.phase === "circle" || room?.phase === "between";
  return assembly?.phase === "gathering" && !circleRuns;
}

/**
 * Tells whether somebody may do with the guests of an assembly what its keeper does; null: links lead into no assembly,
 * and the meeting of the room decides.
 */
export function hostsInAssembly(assembly: Assembly | null, room: RuledMeeting | null, actor: Actor): boolean | null {
  return opensToGuests(assembly, room) ? mayInAssembly("host-guests", assembly, actor) : null;
}

/** Tells whether somebody may make links for guests, let guests in and put them out, by the assembly or the room's own meeting. */
export function mayHostGuests(assembly: Assembly | null, room: RuledMeeting | null, actor: Actor): boolean {
  return hostsInAssembly(assembly, room, actor) ?? may("host-guests", actor, room);
}
