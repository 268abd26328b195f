import { z } from "zod";

/** A file to take along, as text. */
export const RecordFile = z.object({ name: z.string(), mediaType: z.string(), content: z.string() });
export type RecordFile = z.infer<typeof RecordFile>;
