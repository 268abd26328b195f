import { basename, dirname } from "node:path";
import { z } from "zod";
import type { SpeechLanguage } from "../../protocol/identity.ts";
import { type Engine, EngineError, SAMPLE_RATE, type Speech, type Transcript } from "../engine.ts";
import { speechEngine } from "../engine-kind.ts";
import type { OfflineRecognizer, OfflineRecognizerConfig } from "../sherpa-onnx-node.ts";
import { hotwordsOf } from "../sherpa-model/hotwords.ts";
import { filesOf, modelIn } from "../sherpa-model/sherpa-model.ts";
import { openStops } from "../sherpa-model/stops.ts";
import { timedWords } from "../sherpa-model/timed-words.ts";

const options = {
  kind: z
    .enum(["whisper", "transducer", "ctc"])
    .default("whisper")
    .describe(
      "Form of the model: whisper; transducer (zipformer, or NeMo's as GigaAM's RNNT); ctc (zipformer, WeNet, or NeMo's as GigaAM's CTC)",
    ),
  modelFolder: z
    .string()
    .min(1)
    .default("models/whisper-base")
    .describe(
      "Folder of an offline model for sherpa-onnx. The files are found by their names: *encoder*.onnx, *decoder*.onnx, *joiner*.onnx or *model*.onnx, and *tokens.txt",
    ),
  encoder: z
    .enum(["full", "int8"])
    .default("int8")
    .describe(
      "int8: the files in 8 bits where there are any, a third faster; full: Whisper's encoder.onnx mishears one word in a hundred less",
    ),
  punctuationModel: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "Model of sherpa-onnx (CT-transformer, model.onnx) that puts stops and commas into the text of a model that writes none; null: none. It knows the languages it was made for alone",
    ),
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
  about: "Whisper, or another model of sherpa-onnx, on this machine, without account or network",
  section: "Whisper, or another model of sherpa-onnx, on this machine",
  options,
  paths: ["modelFolder", "punctuationModel"],
  secretFiles: [],
  modelFiles: ({ punctuationModel, ...given }) => [
    ...filesOf(given).map(([, path]) => ({ key: "modelFolder", path })),
    ...(punctuationModel === null ? [] : [{ key: "punctuationModel", path: punctuationModel }]),
  ],
  server: () => null,
  open: openSherpa,
});

/** Opens a model in this process, by sherpa-onnx: no account, no network. */
async function openSherpa(options: SherpaOptions): Promise<Engine> {
  const { model, tokens, pieces, knownFor } = await modelIn(options);
  const config = (language: SpeechLanguage): OfflineRecognizerConfig => ({
    featConfig: { sampleRate: SAMPLE_RATE, featureDim: 80 },
    modelConfig: {
      // An empty language makes the model find it. `tailPaddings` is left alone: less of it makes the text loop.
      ...("whisper" in model
        ? {
            whisper: {
              ...model.whisper,
              language: language === "auto" ? "" : language,
              task: "transcribe",
              enableSegmentTimestamps: 1,
            },
          }
        : model),
      tokens,
      numThreads: options.threads,
      provider: "cpu",
      debug: 0,
      ...(pieces === null ? {} : { modelingUnit: "bpe", bpeVocab: pieces }),
    },
    ...(pieces === null ? {} : { decodingMethod: "modified_beam_search" }),
  });
  const stopped = options.punctuationModel === null ? null : await openStops(options.punctuationModel);
  const hotwords = pieces === null ? () => undefined : hotwordsOf(tokens);
  const { sherpa } = await import("../sherpa-onnx-node.ts");
  const recognizer = await sherpa.OfflineRecognizer.createAsync(config("auto"));
  const languages = new LanguageSwitch(recognizer, config);

  async function transcribe({ samples, language, vocabulary }: Speech, signal: AbortSignal): Promise<Transcript> {
    // Other models than Whisper know the one language that they were made for.
    const done = await languages.turnTo(options.kind === "whisper" ? language : "auto");
    try {
      signal.throwIfAborted();
      const stream = recognizer.createStream(hotwords(vocabulary));
      stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
      const recognised = await recognizer.decodeAsync(stream);
      const { lang } = recognised;
      const text = stopped?.(recognised.text) ?? recognised.text;
      return { text, language: lang || (language === "auto" ? null : language), words: timedWords(recognised) };
    } catch (cause) {
      signal.throwIfAborted(); // whoever waited gave up: that says nothing of the speech
      throw new EngineError("engine-failed", "the speech could not be decoded", { cause });
    } finally {
      done();
    }
  }

  const { kind, modelFolder, encoder } = options;
  const form = [...(kind === "whisper" ? [] : [kind]), ...(encoder === "full" ? [] : ["int8"])].join(", ");
  return {
    id: "sherpa",
    model: form === "" ? basename(modelFolder) : `${basename(modelFolder)} (${form})`,
    knownFor: stopped ? `${knownFor}; stops by ${basename(dirname(options.punctuationModel ?? ""))}` : knownFor,
    takesVocabulary: pieces !== null,
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
