import { z } from "zod";
import { Door } from "../protocol/actor.ts";
import { Instant, ParticipantId } from "../protocol/identity.ts";
import { Purpose, PurposeText } from "../protocol/purposes.ts";

/**
 * Answers of people on what their words and sound in a room may be used for. `text`: the sentence that they answered;
 * null where it was not noted down, as before there were such events, or where an older database was put right. `door`
 * null: not known.
 */
export const PurposeEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("purpose-answered"),
    at: Instant,
    who: ParticipantId,
    purpose: Purpose,
    given: z.boolean(),
    text: PurposeText.nullable(),
    door: Door.nullable(),
  }),
]);
export type PurposeEvent = z.infer<typeof PurposeEvent>;
