import { z } from "zod";
import { ParticipantId } from "./identity.ts";

/**
 * People of whom a call is recorded, each by their own yes to their sound being kept. `whole`: the call as one, by the
 * yes of all of them. Nobody: it is not recorded.
 */
export const RecordedCall = z.object({ people: z.array(ParticipantId), whole: z.boolean() });
export type RecordedCall = z.infer<typeof RecordedCall>;

export const NOT_RECORDED: RecordedCall = { people: [], whole: false };
