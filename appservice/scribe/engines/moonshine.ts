import { basename, join } from "node:path";
import { z } from "zod";
import { type Engine, EngineError, SAMPLE_RATE, type Speech, type Transcript } from "../engine.ts";
import { speechEngine } from "../engine-kind.ts";

const options = {
  modelFolder: z
    .string()
    .min(1)
    .default("models/moonshine-tiny-en")
    .describe(
      "Folder of an English Moonshine model for sherpa-onnx: encoder_model.ort, decoder_model_merged.ort, tokens.txt",
    ),
  threads: z.number().int().min(1).max(32).default(1).describe("Threads of one decoding"),
};
type MoonshineOptions = z.output<z.ZodObject<typeof options>>;

export default speechEngine({
  use: "captions",
  about: "English ones by Moonshine on this machine, a fifth of that",
  section: "Moonshine on this machine; it reads English alone, for captions",
  options,
  paths: ["modelFolder"],
  secretFiles: [],
  modelFiles: ({ modelFolder }) => Object.values(filesIn(modelFolder)).map((path) => ({ key: "modelFolder", path })),
  server: () => null,
  open: openMoonshine,
});

/** Files of a Moonshine model, as sherpa-onnx wants them. */
function filesIn(folder: string) {
  return {
    encoder: join(folder, "encoder_model.ort"),
    mergedDecoder: join(folder, "decoder_model_merged.ort"),
    tokens: join(folder, "tokens.txt"),
  };
}

/** Longest speech it was trained on; captions are never longer. */
const LONGEST = 9 * SAMPLE_RATE;

/**
 * Opens Moonshine tiny in this process, for captions: English alone, five times as fast as Whisper base, and a little
 * less exact.
 */
async function openMoonshine({ modelFolder, threads }: MoonshineOptions): Promise<Engine> {
  const { sherpa } = await import("../sherpa-onnx-node.ts");
  const { encoder, mergedDecoder, tokens } = filesIn(modelFolder);
  const recognizer = await sherpa.OfflineRecognizer.createAsync({
    featConfig: { sampleRate: SAMPLE_RATE, featureDim: 80 },
    modelConfig: {
      moonshine: { encoder, mergedDecoder },
      tokens,
      numThreads: threads,
      provider: "cpu",
      debug: 0,
    },
  });

  async function transcribe({ samples }: Speech, signal: AbortSignal): Promise<Transcript> {
    try {
      signal.throwIfAborted();
      const stream = recognizer.createStream();
      stream.acceptWaveform({ samples: samples.subarray(0, LONGEST), sampleRate: SAMPLE_RATE });
      const { text } = await recognizer.decodeAsync(stream);
      return { text, language: "en" };
    } catch (cause) {
      signal.throwIfAborted(); // whoever waited gave up: that says nothing of the speech
      throw new EngineError("engine-failed", "the speech could not be decoded", { cause });
    }
  }

  return { id: "moonshine", model: basename(modelFolder), takesVocabulary: false, transcribe };
}
