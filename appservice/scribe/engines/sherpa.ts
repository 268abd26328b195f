import { basename, join } from "node:path";
import { z } from "zod";
import type { SpeechLanguage } from "../../protocol/identity.ts";
import { type Engine, EngineError, SAMPLE_RATE, type Speech, type Transcript } from "../engine.ts";
import { speechEngine } from "../engine-kind.ts";
import type { OfflineRecognizer, OfflineRecognizerConfig } from "../sherpa-onnx-node.ts";

const options = {
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
};
type SherpaOptions = z.output<z.ZodObject<typeof options>>;

export default speechEngine({
  use: "record",
  about: "Whisper on this machine, without account or network",
  section: "Whisper on this machine",
  options,
  paths: ["modelFolder"],
  secretFiles: [],
  modelFiles: (given) => Object.values(whisperFiles(given)).map((path) => ({ key: "modelFolder", path })),
  server: () => null,
  open: openSherpa,
});

/** Lists the files of a Whisper model, as sherpa-onnx wants them. */
function whisperFiles({ modelFolder, encoder }: SherpaOptions): {
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

/** Opens Whisper in this process, by sherpa-onnx: no account, no network. */
async function openSherpa(options: SherpaOptions): Promise<Engine> {
  const config = (language: SpeechLanguage): OfflineRecognizerConfig => {
    const { encoder, decoder, tokens } = whisperFiles(options);
    return {
      featConfig: { sampleRate: SAMPLE_RATE, featureDim: 80 },
      modelConfig: {
        // An empty language makes the model find it. `tailPaddings` is left alone: less of it makes the text loop.
        whisper: { encoder, decoder, language: language === "auto" ? "" : language, task: "transcribe" },
        tokens,
        numThreads: options.threads,
        provider: "cpu",
        debug: 0,
      },
    };
  };
  const { sherpa } = await import("../sherpa-onnx-node.ts");
  const recognizer = await sherpa.OfflineRecognizer.createAsync(config("auto"));
  const languages = new LanguageSwitch(recognizer, config);

  async function transcribe({ samples, language }: Speech, signal: AbortSignal): Promise<Transcript> {
    const done = await languages.turnTo(language);
    try {
      signal.throwIfAborted();
      const stream = recognizer.createStream();
      stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
      const { text, lang } = await recognizer.decodeAsync(stream);
      return { text, language: lang || (language === "auto" ? null : language) };
    } catch (cause) {
      throw new EngineError("engine-failed", "the speech could not be decoded", { cause });
    } finally {
      done();
    }
  }

  const { modelFolder, encoder } = options;
  return {
    id: "sherpa",
    model: encoder === "full" ? basename(modelFolder) : `${basename(modelFolder)} (int8)`,
    takesVocabulary: false,
    transcribe,
  };
}

/**
 * One recogniser for all languages: another for each would take some 600 MB more. Its language is set for the whole of
 * it, so decodings of one language may run together, and one of another waits until they are done.
 */
class LanguageSwitch {
  readonly #recognizer: OfflineRecognizer;
  readonly #config: (language: SpeechLanguage) => OfflineRecognizerConfig;
  readonly #waiting: { language: SpeechLanguage; enter(): void }[] = [];
  #language: SpeechLanguage = "auto";
  #inside = 0;

  constructor(recognizer: OfflineRecognizer, config: (language: SpeechLanguage) => OfflineRecognizerConfig) {
    this.#recognizer = recognizer;
    this.#config = config;
  }

  /** Resolves when this language's decoding may begin, with a function to be called at its end. */
  turnTo(language: SpeechLanguage): Promise<() => void> {
    return new Promise((resolve) => {
      this.#waiting.push({ language, enter: () => resolve(() => this.#leave()) });
      this.#letIn();
    });
  }

  #leave(): void {
    this.#inside--;
    this.#letIn();
  }

  /**
   * Lets decodings in strictly in order, so that a language that is much spoken never keeps another waiting for good.
   */
  #letIn(): void {
    for (
      let first = this.#waiting[0];
      first && (this.#inside === 0 || first.language === this.#language);
      first = this.#waiting[0]
    ) {
      this.#waiting.shift();
      if (first.language !== this.#language) this.#recognizer.setConfig(this.#config(first.language));
      this.#language = first.language;
      this.#inside++;
      first.enter();
    }
  }
}
