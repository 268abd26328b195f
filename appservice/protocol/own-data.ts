import { z } from "zod";

/** `POST /rooms/ROOM/my-data`: the address of an archive of all that is kept of oneself in the room; it opens once, soon. */
export const OwnDataResponse = z.object({ url: z.string() });
export type OwnDataResponse = z.infer<typeof OwnDataResponse>;

/** Chance in an archive's address. */
export const OwnDataCode = z.string().regex(/^[\w-]{43}$/);
