import { z } from "zod";
import { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { ScribeOptions } from "./options.ts";

/** What goes between the service and the scribe's process around the messages themselves. */
export const ToProcess = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), options: ScribeOptions, spoolFolder: z.string().min(1), audioFolder: z.string().min(1), logLevel: z.string() }),
  z.object({ type: z.literal("tell"), message: ToScribe }),
]);
export type ToProcess = z.infer<typeof ToProcess>;

export const FromProcess = z.discriminatedUnion("type", [
  z.object({ type: z.literal("said"), message: FromScribe }),
  /** A line of pino's, to go into the service's own log. */
  z.object({ type: z.literal("log"), line: z.string() }),
]);
export type FromProcess = z.infer<typeof FromProcess>;
