import { z } from "zod";
import { Instant, ParticipantId } from "./identity.ts";

/**
 * Ways in which somebody tried to be heard while the word was another's, or to fill the call with tracks.
 * `sound-withheld`: to choose who hears them, which is nobody's own to decide, in their turn or out of it.
 */
export const OutOfTurn = z.enum([
  "sound-withheld",
  "unmuted-out-of-turn",
  "published-out-of-turn",
  "second-microphone",
  "unexpected-source",
  "too-many-tracks",
]);
export type OutOfTurn = z.infer<typeof OutOfTurn>;

/**
 * `GET /rooms/ROOM/out-of-turn`: for the keeper and moderators alone; of the current or last meeting, the latest last.
 */
export const OutOfTurnResponse = z.object({
  people: z.array(z.object({ who: ParticipantId, times: z.number().int().positive(), at: Instant })),
});
export type OutOfTurnResponse = z.infer<typeof OutOfTurnResponse>;
