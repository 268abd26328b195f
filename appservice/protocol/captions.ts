import { z } from "zod";

/**
 * Captions go through the call as LiveKit's own agents send theirs: a text stream on this topic for each state of a segment,
 * in the name of whoever speaks. Any LiveKit client that shows transcriptions shows them.
 */
export const CAPTION_TOPIC = "lk.transcription";

export const CaptionAttributes = z.object({
  /** The same for all states of one piece of speech; the newest replaces the others. */
  "lk.segment_id": z.string().min(1).max(200),
  "lk.transcription_final": z.enum(["true", "false"]),
  "lk.transcribed_track_id": z.string().max(200).optional(),
});
export type CaptionAttributes = z.infer<typeof CaptionAttributes>;
