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
