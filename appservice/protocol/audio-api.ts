import { z } from "zod";

/**
 * The sound of what was said, below `/api/v1/rooms/ROOM` with the session's token like all the rest:
 * `/meetings/ID/audio`, and `/meetings/ID/audio/UTTERANCE`, which answers with FLAC, also in ranges.
 */

/** `GET /rooms/ROOM/meetings/ID/audio`: the utterances that can be heard. `keeps`: this service keeps sound at all. */
export const HearableResponse = z.object({ utterances: z.array(z.string()), keeps: z.boolean() });
export type HearableResponse = z.infer<typeof HearableResponse>;
