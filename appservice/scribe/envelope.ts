import { z } from "zod";
import { Instant, MeetingId } from "../protocol/identity.ts";
import { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { SoundName } from "../protocol/sound-key.ts";
import { ScribeOptions } from "./options.ts";

/** Envelopes from the service to the scribe's process, around the messages themselves. */
export const ToProcess = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("start"),
    options: ScribeOptions,
    spoolFolder: z.string().min(1),
    audioFolder: z.string().min(1),
    keysFile: z.string().min(1),
    logLevel: z.string(),
  }),
  z.object({ type: z.literal("tell"), message: ToScribe }),
  /** Tells of sound in the folder for waiting speech which another process of ours failed to hear. */
  z.object({ type: z.literal("rescue"), name: SoundName }),
]);
export type ToProcess = z.infer<typeof ToProcess>;

export const FromProcess = z.discriminatedUnion("type", [
  z.object({ type: z.literal("said"), message: FromScribe }),
  /** Sent every second. Until the models are `loaded`, the process may be too busy to send it. */
  z.object({ type: z.literal("alive"), loaded: z.boolean() }),
  /** Tells that the process hears the speaker of this turn from this instant on. */
  z.object({ type: z.literal("hears"), meeting: MeetingId, turn: z.number().int().positive(), at: Instant }),
  /** Tells that the sound rescued by this name lies in pieces now, and is in the backlog. */
  z.object({ type: z.literal("rescued"), name: SoundName }),
  /** A line of pino's, to go into the service's own log. */
  z.object({ type: z.literal("log"), line: z.string() }),
]);
export type FromProcess = z.infer<typeof FromProcess>;
