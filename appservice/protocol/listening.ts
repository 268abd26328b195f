import { z } from "zod";
import { ParticipantId } from "./identity.ts";

/**
 * People in the call without a seat in the circle. They hear nothing before this was shown to everybody. `version`
 * grows with each change, also over a restart: a list that comes later by another way may be older.
 */
export const ListeningPeople = z.object({
  version: z.number().int().nonnegative(),
  people: z.array(z.object({ id: ParticipantId, name: z.string() })),
});
export type ListeningPeople = z.infer<typeof ListeningPeople>;
