import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

const clientUrl = z.url({ protocol: /^wss?$/, error: "must be an address that begins with wss:// or ws://" });
const apiUrl = z.url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" });

/** Checks rules over several keys even where another key is wrong, so that all problems are told at once. */
const isObject = ({ value }: { value: unknown }) => typeof value === "object" && value !== null;

function givenOnce(options: Readonly<Record<string, unknown>>, key: "apiKey" | "apiSecret"): boolean {
  return [options[key], options[`${key}File`]].filter((value) => value !== undefined).length === 1;
}

/** The section `livekit` of the configuration. */
export const LiveKitOptions = z
  .strictObject({
    url: clientUrl.describe("Where people's clients reach LiveKit, such as wss://livekit.example.org"),
    internalUrl: apiUrl
      .optional()
      .describe("Where this service reaches LiveKit, if not by the same address; such as http://127.0.0.1:7880"),
    apiKey: z.string().min(1).optional().describe("One of the keys in LiveKit's own configuration"),
    apiKeyFile: z.string().min(1).optional().describe("A file that holds the key, instead of apiKey"),
    apiSecret: z
      .string()
      .min(32)
      .optional()
      .describe("The secret of that key, 32 characters or more; better kept in a file"),
    apiSecretFile: z.string().min(1).optional().describe("A file that holds the secret, instead of apiSecret"),
  })
  .refine((options) => givenOnce(options, "apiKey"), {
    path: ["apiKey"],
    message: "give either apiKey or apiKeyFile",
    when: isObject,
  })
  .refine((options) => givenOnce(options, "apiSecret"), {
    path: ["apiSecret"],
    message: "give either apiSecret or apiSecretFile",
    when: isObject,
  });
export type LiveKitOptions = z.infer<typeof LiveKitOptions>;

export type LiveKitConnection = {
  /** Address for clients: ws:// or wss://. */
  readonly url: string;
  /** Address for this service: http:// or https://. */
  readonly internalUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
};

/**
 * Reads the files that the section names; relative paths count from `directory`. Throws an error that names the key.
 */
export function livekitConnection(options: LiveKitOptions, directory: string): LiveKitConnection {
  return {
    url: options.url,
    internalUrl: options.internalUrl ?? options.url.replace(/^ws/, "http"),
    apiKey: options.apiKey ?? secretFrom("apiKeyFile", options.apiKeyFile, directory),
    apiSecret: options.apiSecret ?? secretFrom("apiSecretFile", options.apiSecretFile, directory),
  };
}

function secretFrom(key: string, file: string | undefined, directory: string): string {
  if (file === undefined) throw new Error(`livekit.${key} is missing`);
  const path = resolve(directory, file);
  let secret: string;
  try {
    secret = readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new Error(`livekit.${key}: ${path} cannot be read`, { cause });
  }
  if (secret === "") throw new Error(`livekit.${key}: ${path} is empty`);
  return secret;
}
