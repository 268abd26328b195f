import { z } from "zod";
import { SpeechLanguage } from "../../protocol/identity.ts";

const REDIS = "must be an address such as redis://127.0.0.1:6379, or rediss://… with TLS";

/** The section `speech.fleet` of the configuration: speech is decoded by workers, which may be on other machines. */
export const FleetOptions = z.strictObject({
  redis: z
    .url({ protocol: /^rediss?$/, error: REDIS })
    .refine((address) => new URL(address).password === "", "must hold no password: put it into passwordFile")
    .describe("Redis (6.2 or newer, maxmemory-policy noeviction) by which pieces of speech go to the workers"),
  passwordFile: z.string().min(1).nullable().default(null).describe("File that holds Redis's password; null: none"),
  keyFile: z
    .string()
    .min(1)
    .describe(
      "File with the secret by which sound and text are sealed in Redis, the same on all machines: openssl rand -hex 32",
    ),
  decodeHere: z
    .boolean()
    .default(true)
    .describe(
      "While no worker can be reached, the service decodes by its own engine; false: it needs no model, and speech waits on the disk",
    ),
  models: z
    .array(z.string().min(1))
    .default([])
    .describe("Models, as fleet status names them, whose text the service takes; none named: those of all workers"),
  languages: z
    .array(SpeechLanguage.exclude(["auto"]))
    .default([])
    .describe("Languages that the worker of this configuration decodes, for a model of one; none named: all"),
  slots: z
    .number()
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe("Pieces that a worker decodes side by side; null: as many as it finds at its start that its cores carry"),
});
export type FleetOptions = z.infer<typeof FleetOptions>;
