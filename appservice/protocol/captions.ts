import { z } from "zod";

/**
 * Captions go through the call as LiveKit's own agents send theirs: a text stream on this topic for each state of a
 * segment, in the name of whoever speaks. Any LiveKit client that shows transcriptions shows them.
 */
export const CAPTION_TOPIC = "lk.transcription";

/** Attribute of ours beside those that LiveKit's clients know. */
export const CAPTION_NAME = "org.mindminder.name";

export const CaptionAttributes = z.object({
  /** The same for all states of one piece of speech; the newest replaces the others. */
  "lk.segment_id": z.string().min(1).max(200),
  "lk.transcription_final": z.enum(["true", "false"]),
  "lk.transcribed_track_id": z.string().max(200).optional(),
  /** Name of whoever speaks, who may sit elsewhere by the time that it comes; left out by a service from before. */
  [CAPTION_NAME]: z.string().max(300).optional(),
});
export type CaptionAttributes = z.infer<typeof CaptionAttributes>;
