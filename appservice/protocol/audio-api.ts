import { z } from "zod";

/**
 * The sound of what was said, below `/api/v1/rooms/ROOM` with the session's token like all the rest: `/my-audio`,
 * `/meetings/ID/audio`, and `/meetings/ID/audio/UTTERANCE`, which answers with FLAC, also in ranges.
 */

/**
 * `POST /rooms/ROOM/my-audio`: whether the sound of one's own turns in this room is kept. No: sound kept so far is
 * deleted.
 */
export const MyAudioRequest = z.object({ keep: z.boolean() });
export type MyAudioRequest = z.infer<typeof MyAudioRequest>;

/** `GET` and `POST /rooms/ROOM/my-audio`. `days`: for how long; 0: this service keeps no sound, whoever agrees. */
export const MyAudioResponse = z.object({ days: z.number().int().nonnegative(), kept: z.boolean() });
export type MyAudioResponse = z.infer<typeof MyAudioResponse>;

/** `GET /rooms/ROOM/meetings/ID/audio`: the utterances that can be heard. */
export const HearableResponse = z.object({ utterances: z.array(z.string()) });
export type HearableResponse = z.infer<typeof HearableResponse>;
