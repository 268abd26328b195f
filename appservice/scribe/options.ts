import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

/** The section `speech` of the configuration. */
export const SherpaOptions = z.strictObject({
  modelFolder: z
    .string()
    .min(1)
    .default("models/whisper-base")
    .describe(
      "Folder of a Whisper model for sherpa-onnx: encoder.onnx or encoder.int8.onnx, decoder.int8.onnx, tokens.txt",
    ),
  encoder: z
    .enum(["full", "int8"])
    .default("int8")
    .describe("int8: encoder.int8.onnx, a third faster; full: encoder.onnx, which mishears one word in a hundred less"),
  threads: z
    .number()
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe(
      "Threads of one decoding. Two decodings may run side by side; more threads are faster only on an idle machine",
    ),
});
export type SherpaOptions = z.infer<typeof SherpaOptions>;

export const OpenAiSpeechOptions = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" })
    .default("https://api.openai.com/v1")
    .describe("Address of an OpenAI-compatible API, up to and with its version: http://127.0.0.1:8000/v1"),
  model: z.string().min(1).default("whisper-1").describe("Name of the model, as that server calls it"),
  shownAs: z
    .string()
    .min(1)
    .max(80)
    .nullable()
    .default(null)
    .describe(
      "What people are told this server is, when they are asked whether their words may go there; null: its host",
    ),
  apiKeyFile: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("File that holds the API key; null for a server that asks for none"),
  timeoutSeconds: z
    .number()
    .positive()
    .max(120)
    .default(20)
    .describe("How long one answer may take; each is asked for three times at most"),
});
export type OpenAiSpeechOptions = z.infer<typeof OpenAiSpeechOptions>;

export const MoonshineOptions = z.strictObject({
  modelFolder: z
    .string()
    .min(1)
    .default("models/moonshine-tiny-en")
    .describe(
      "Folder of an English Moonshine model for sherpa-onnx: encoder_model.ort, decoder_model_merged.ort, tokens.txt",
    ),
  threads: z.number().int().min(1).max(32).default(1).describe("Threads of one decoding"),
});
export type MoonshineOptions = z.infer<typeof MoonshineOptions>;

/** Accepts `true` and `false`, too, which stood here before there was a choice. */
const Captions = z.preprocess(
  (value) => (value === true ? "same" : value === false ? "off" : value),
  z.enum(["same", "moonshine", "off"]),
);

export const ScribeOptions = z.strictObject({
  engine: z
    .enum(["sherpa", "openai", "off"])
    .default("sherpa")
    .describe(
      "sherpa: Whisper on this machine, without account or network; openai: any server of OpenAI's API; off: nothing is written down",
    ),
  sherpa: SherpaOptions.prefault({}).describe("Whisper on this machine"),
  openai: OpenAiSpeechOptions.prefault({}).describe("A server of OpenAI's API; what is said goes there"),
  voiceActivityModel: z
    .string()
    .min(1)
    .default("models/silero_vad_v5.onnx")
    .describe("Silero's voice activity model, version 5 (ONNX): it tells speech from silence for every engine"),
  waitingMegabytes: z
    .number()
    .int()
    .min(10)
    .max(1_000_000)
    .default(500)
    .describe(
      "How much speech may wait on the disk, beside the database, until the engine makes text of it; an hour of speech takes 60",
    ),
  keepAudioDays: z
    .number()
    .int()
    .min(0)
    .max(3650)
    .default(0)
    .describe(
      "For how many days the sound of turns is kept, beside the database, so that the room's members can hear it from the transcript: only of " +
        "people who agreed to it in the widget's settings, who may take that back; 0: none is kept",
    ),
  captions: Captions.default("same").describe(
    "Captions in the call while somebody speaks; they give way to what is written down. same: by the engine " +
      "above, which takes up to half a core; moonshine: English ones by Moonshine on this machine, a fifth of that; off: none",
  ),
  moonshine: MoonshineOptions.prefault({}).describe("Moonshine on this machine; it reads English alone, for captions"),
});
export type ScribeOptions = z.infer<typeof ScribeOptions>;

/** Returns the options with every path counted from `folder`. */
export function withAbsolutePaths(options: ScribeOptions, folder: string): ScribeOptions {
  const { sherpa, openai, moonshine, voiceActivityModel } = options;
  return {
    ...options,
    sherpa: { ...sherpa, modelFolder: resolve(folder, sherpa.modelFolder) },
    openai: { ...openai, apiKeyFile: openai.apiKeyFile && resolve(folder, openai.apiKeyFile) },
    moonshine: { ...moonshine, modelFolder: resolve(folder, moonshine.modelFolder) },
    voiceActivityModel: resolve(folder, voiceActivityModel),
  };
}

/** Lists the files of a Whisper model, as sherpa-onnx wants them. */
export function whisperFiles({ modelFolder, encoder }: SherpaOptions): {
  encoder: string;
  decoder: string;
  tokens: string;
} {
  return {
    encoder: join(modelFolder, encoder === "full" ? "encoder.onnx" : "encoder.int8.onnx"),
    decoder: join(modelFolder, "decoder.int8.onnx"),
    tokens: join(modelFolder, "tokens.txt"),
  };
}

/** Lists the files of models that the chosen engine needs: the key that names each, and its path. */
export function neededFiles(options: ScribeOptions): { key: string; path: string }[] {
  if (options.engine === "off") return [];
  const needed = [{ key: "voiceActivityModel", path: options.voiceActivityModel }];
  if (options.engine === "sherpa") {
    for (const path of Object.values(whisperFiles(options.sherpa))) needed.push({ key: "sherpa.modelFolder", path });
  }
  if (options.captions === "moonshine") {
    for (const name of ["encoder_model.ort", "decoder_model_merged.ort", "tokens.txt"])
      needed.push({ key: "moonshine.modelFolder", path: join(options.moonshine.modelFolder, name) });
  }
  return needed;
}

/** Lists the files that the chosen engine needs and cannot find. */
export function missingFiles(options: ScribeOptions): { key: string; path: string }[] {
  const key =
    options.engine === "openai" && options.openai.apiKeyFile
      ? [{ key: "openai.apiKeyFile", path: options.openai.apiKeyFile }]
      : [];
  return [...neededFiles(options), ...key].filter(({ path }) => !existsSync(path));
}
