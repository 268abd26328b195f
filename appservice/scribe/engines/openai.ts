import { readFileSync } from "node:fs";
import { z } from "zod";
import type { SpeechLanguage } from "../../protocol/identity.ts";
import { type Engine, EngineError, type Speech, type Transcript } from "../engine.ts";
import { speechEngine } from "../engine-kind.ts";
import { wavOf } from "../audio/wav.ts";

type Sdk = typeof import("openai");

const options = {
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
};
type OpenAiSpeechOptions = z.output<z.ZodObject<typeof options>>;

export default speechEngine({
  use: "record",
  about: "any server of OpenAI's API",
  section: "A server of OpenAI's API; what is said goes there",
  options,
  paths: ["apiKeyFile"],
  secretFiles: ["apiKeyFile"],
  modelFiles: () => [],
  server: ({ baseUrl, shownAs }) => ({ baseUrl, shownAs }),
  open: openOpenAi,
});

const RETRIES = 2;

/**
 * Answers by which a server refuses one recording (broken, too short, too long), as it will again and takes the next
 * one: every other refusal is of us, and the speech waits until somebody has seen to it.
 */
const REFUSALS_OF_A_RECORDING: readonly (number | undefined)[] = [400, 413, 415, 422];

/**
 * Sentences before the names of a prompt. Models go on as a prompt begins: after one with capitals and stops in the
 * language that is spoken they write those, too.
 */
const BEGINNINGS = {
  en: "This is a meeting, and what is said in it is written down. Names and words of it:",
  ru: "Это встреча, и всё, что на ней говорят, записывается. Имена и слова на ней:",
} as const;

/** Answer of a server; only some tell when each segment begins, and times that are none do no harm. */
const Answer = z.object({
  text: z.string(),
  language: z.unknown().optional(),
  segments: z.array(z.object({ text: z.string(), start: z.number().nonnegative() })).catch([]),
});

/** Opens any server that speaks OpenAI's `/v1/audio/transcriptions`. */
async function openOpenAi(options: OpenAiSpeechOptions): Promise<Engine> {
  const sdk = await import("openai");
  const client = new sdk.OpenAI({
    baseURL: options.baseUrl,
    apiKey: options.apiKeyFile === null ? "none" : readFileSync(options.apiKeyFile, "utf8").trim(),
    timeout: options.timeoutSeconds * 1_000,
    maxRetries: RETRIES,
    logLevel: "off",
  });
  /** Form of the answer. Only `verbose_json` says which language was found; newer models of OpenAI refuse it. */
  let form: "verbose_json" | "json" = "verbose_json";

  async function transcribe(speech: Speech, signal: AbortSignal): Promise<Transcript> {
    try {
      return await ask(speech, signal);
    } catch (error) {
      if (form === "json" || !refusedTheForm(error, sdk)) throw asEngineError(error, sdk);
      const answer = await ask(speech, signal, "json").catch((again: unknown) => {
        throw asEngineError(again, sdk);
      });
      form = "json"; // remembered only now: it was the form, and not the audio
      return answer;
    }
  }

  async function ask({ samples, language, vocabulary }: Speech, signal: AbortSignal, as = form): Promise<Transcript> {
    const answer = await client.audio.transcriptions.create(
      {
        file: await sdk.toFile(wavOf(samples), "speech.wav", { type: "audio/wav" }),
        model: options.model,
        response_format: as,
        temperature: 0,
        ...(language === "auto" ? {} : { language }),
        ...promptOf(language, vocabulary),
      },
      { signal },
    );
    const given = Answer.safeParse(answer);
    if (!given.success) throw new EngineError("engine-refused", "the transcription server's answer has no text");
    const { text, language: found, segments } = given.data;
    return {
      text: withoutPrompt(text),
      language: languageCode(found) ?? (language === "auto" ? null : language),
      words: segments.map(({ text: said, start }) => ({ text: said, from: start })),
    };
  }

  return { id: "openai", model: options.model, takesVocabulary: true, transcribe };
}

/** Prompt of names and words; of a language that is still to be found nothing is written before them. */
function promptOf(language: SpeechLanguage, vocabulary: readonly string[]): { prompt?: string } {
  const names = vocabulary.join(", ");
  if (names === "") return {};
  return { prompt: language === "auto" ? names : `${BEGINNINGS[language]} ${names}.` };
}

/** A text without what some servers write of silence: the prompt, which nobody said. */
function withoutPrompt(text: string): string {
  const said = text.trimStart();
  return Object.values(BEGINNINGS).some((beginning) => said.startsWith(beginning)) ? "" : text;
}

/** Returns the code of a language, which servers name by code or, as OpenAI does, in English. */
export function languageCode(named: unknown): string | null {
  if (typeof named !== "string") return null;
  const name = named.trim().toLowerCase();
  if (/^[a-z]{2}$/.test(name)) return name;
  return codesByName().get(name) ?? null;
}

let codes: Map<string, string> | undefined;
function codesByName(): Map<string, string> {
  if (codes) return codes;
  const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const all = letters.flatMap((first) => letters.map((second) => first + second));
  return (codes = new Map(
    all.flatMap((code) => {
      const name = names.of(code);
      return name ? [[name.toLowerCase(), code] as const] : [];
    }),
  ));
}

function refusedTheForm(error: unknown, { APIError }: Sdk): boolean {
  return error instanceof APIError && (error.status === 400 || error.status === 422);
}

function asEngineError(error: unknown, { APIConnectionError, APIConnectionTimeoutError, APIError }: Sdk): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new EngineError("too-slow", "the transcription server did not answer in time", { cause: error });
  if (error instanceof APIConnectionError)
    return new EngineError("engine-unreachable", "the transcription server cannot be reached", { cause: error });
  if (error instanceof APIError)
    return new EngineError(
      REFUSALS_OF_A_RECORDING.includes(error.status) ? "engine-failed" : "engine-refused",
      `the transcription server answered ${error.status ?? "with an error"}`,
      { cause: error },
    );
  return new EngineError("engine-failed", String(error), { cause: error });
}
