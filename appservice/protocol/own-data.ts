import { z } from "zod";

/**
 * `POST /rooms/ROOM/my-data`: the address of an archive of all that is kept of oneself in the room; one press on the
 * page there fetches it, once, soon.
 */
export const OwnDataResponse = z.object({ url: z.string() });
export type OwnDataResponse = z.infer<typeof OwnDataResponse>;

/** `POST /rooms/ROOM/erase-my-words`: without `sure` nothing is done, and it is said what it would mean. */
export const EraseRequest = z.object({ sure: z.boolean() });
export type EraseRequest = z.infer<typeof EraseRequest>;

/** Sentences in the language that is asked for; `begun`: words are being erased. */
export const EraseResponse = z.object({ begun: z.boolean(), text: z.string() });
export type EraseResponse = z.infer<typeof EraseResponse>;

/** Chance in an archive's address. */
export const OwnDataCode = z.string().regex(/^[\w-]{43}$/);
