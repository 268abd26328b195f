import { z } from "zod";
import { Instant } from "./identity.ts";

/**
 * Uses of one's words and sound in a room, to each of which a person says yes or no by itself; without an answer it is
 * no. `write`: a transcript, in all meetings of the room; `sound`: keeping the sound of one's turns; `improve`: models
 * of this server, which it does not leave; `publish`: letting others have it.
 */
export const Purpose = z.enum(["write", "sound", "improve", "publish"]);
export type Purpose = z.infer<typeof Purpose>;

/** SHA-256 of a sentence, in hex: by it is known which words somebody has answered. */
const TextHash = z.string().regex(/^[0-9a-f]{64}$/);

/** Sentence that was answered. `version` counts up when the sentences change their meaning. */
export const PurposeText = z.object({ version: z.number().int().positive(), hash: TextHash });
export type PurposeText = z.infer<typeof PurposeText>;

/** `POST /rooms/ROOM/my-purposes`: an answer to the sentence with this hash; a no needs none. */
export const PurposeRequest = z.object({ purpose: Purpose, given: z.boolean(), hash: TextHash.optional() });
export type PurposeRequest = z.infer<typeof PurposeRequest>;

/**
 * A purpose as it stands for somebody. `given` null: they have not answered this sentence; `since`: the moment of their
 * answer. `offered`: this service has a use for it; what is not offered can be taken back, and not given.
 */
export const MyPurpose = z.object({
  purpose: Purpose,
  text: z.string(),
  hash: z.string(),
  given: z.boolean().nullable(),
  since: Instant.nullable(),
  offered: z.boolean(),
});
export type MyPurpose = z.infer<typeof MyPurpose>;

/** `GET` and `POST /rooms/ROOM/my-purposes`, in the language that is asked for. */
export const MyPurposesResponse = z.object({ purposes: z.array(MyPurpose) });
export type MyPurposesResponse = z.infer<typeof MyPurposesResponse>;
