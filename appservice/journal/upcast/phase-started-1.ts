import { z } from "zod";
import type { AssemblyEvent } from "../../assembly/event.ts";
import type { Upcaster } from "./upcaster.ts";

const Rings = z.array(z.looseObject({}));

/** Adds that it is not known by which proposed topic a ring was made: its theme had the words of it alone. */
export const phaseStarted1: Upcaster<"assembly", AssemblyEvent["type"]> = {
  kind: "assembly",
  type: "phase-started",
  from: 1,
  up: ({ rings, ...event }) => ({
    ...event,
    rings: (Rings.safeParse(rings).data ?? []).map((ring) => ({ ...ring, topic: null })),
  }),
};
