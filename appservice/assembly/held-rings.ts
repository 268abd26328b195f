import type { AssemblyFacts, AssemblyPart, RingMaterial, RingResult } from "../protocol/assembly-record.ts";
import type { MeetingId } from "../protocol/identity.ts";
import { type Assembly, nameIn } from "./assembly.ts";

/** Where the record of a ring is to be found, and what the assembly knows of it. */
export type HeldIn = Omit<RingMaterial, "meeting" | "record"> & { readonly meeting: MeetingId };

/** All rings that talked or talk, in order. An assembly that never began has none. */
export function heldRings(assembly: Assembly): HeldIn[] {
  if (assembly.phase === "gathering") return [];
  return (assembly.held ?? []).map(({ step, number, theme, meeting, delegate, given }) => ({
    part: step + 1,
    ring: number,
    theme,
    meeting,
    delegate: delegate === null ? null : (nameIn(assembly, delegate) ?? delegate),
    given,
  }));
}

/** Null for an assembly that has not begun. */
export function factsOf(assembly: Assembly): AssemblyFacts | null {
  if (assembly.phase === "gathering" || !assembly.plan) return null;
  const { id, plan, topic = "", language, startedAt = assembly.at } = assembly;
  const endedAt = assembly.phase === "ended" ? assembly.endedAt : null;
  return { id, title: plan.title, topic, language, startedAt, endedAt };
}

/** Parts of the assembly in which there are results; those in which topics were gathered have none. */
export function partsWith(assembly: Assembly, results: readonly RingResult[]): AssemblyPart[] {
  if (assembly.phase === "gathering" || !assembly.plan) return [];
  return assembly.plan.phases.flatMap(({ kind, title }, step): AssemblyPart[] => {
    const rings = results.filter(({ part }) => part === step + 1);
    return kind === "topics" || rings.length === 0 ? [] : [{ number: step + 1, kind, title, rings }];
  });
}
