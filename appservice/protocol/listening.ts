import { z } from "zod";
import { ParticipantId } from "./identity.ts";

/**
 * Who is in the call without a seat in the circle. They hear nothing before this was shown to everybody. `version` grows with each
 * change, also over a restart: what comes by another way later may be older.
 */
export const ListeningPeople = z.object({
  version: z.number().int().nonnegative(),
  people: z.array(z.object({ id: ParticipantId, name: z.string() })),
});
export type ListeningPeople = z.infer<typeof ListeningPeople>;
