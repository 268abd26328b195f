import { createRequire } from "node:module";

// The package has no types; these are the parts of it that we use.

export type OfflineStream = { acceptWaveform(wave: { samples: Float32Array; sampleRate: number }): void };

/** A model other than Whisper and Moonshine, by the files that it consists of. */
export type OtherModel =
  | { transducer: { encoder: string; decoder: string; joiner: string } }
  | { nemoCtc: { model: string } }
  | { zipformerCtc: { model: string } }
  | { wenetCtc: { model: string } };

export type OfflineRecognizerConfig = {
  featConfig: { sampleRate: number; featureDim: number };
  modelConfig: {
    whisper?: {
      encoder: string;
      decoder: string;
      language: string;
      task: "transcribe";
      /** Has the model say when each of its segments begins; it then writes stops and capitals more often, too. */
      enableSegmentTimestamps: 0 | 1;
    };
    /** Moonshine of the second kind: both halves of the decoder in one file. */
    moonshine?: { encoder: string; mergedDecoder: string };
    transducer?: { encoder: string; decoder: string; joiner: string };
    nemoCtc?: { model: string };
    zipformerCtc?: { model: string };
    wenetCtc?: { model: string };
    tokens: string;
    numThreads: number;
    provider: "cpu";
    debug: 0 | 1;
    /** Way in which words that a stream leans to are cut into the model's tokens. */
    modelingUnit?: "bpe";
    bpeVocab?: string;
  };
  decodingMethod?: "modified_beam_search";
};

/**
 * Text of a stream, with times by the second: those of `tokens` by transducers and CTC, those of segments by Whisper.
 */
export type Recognised = {
  text: string;
  lang?: string;
  tokens?: string[];
  timestamps?: number[];
  segment_texts?: string[];
  segment_timestamps?: number[];
};

export type OfflineRecognizer = {
  /** `hotwords`: words to lean to, parted by “/”. */
  createStream(hotwords?: string): OfflineStream;
  setConfig(config: OfflineRecognizerConfig): void;
  decodeAsync(stream: OfflineStream): Promise<Recognised>;
};

export type Vad = {
  acceptWaveform(samples: Float32Array): void;
  isEmpty(): boolean;
  isDetected(): boolean;
  /** `false`: the samples are copied, not a view of memory that `pop` frees. */
  front(enableExternalBuffer: false): { start: number; samples: Float32Array };
  pop(): void;
  flush(): void;
};

export type VadConfig = {
  sileroVad: {
    model: string;
    threshold: number;
    minSilenceDuration: number;
    minSpeechDuration: number;
    windowSize: number;
    maxSpeechDuration: number;
  };
  sampleRate: number;
  numThreads: number;
  debug: 0 | 1;
};

export type OfflinePunctuationConfig = {
  model: { ctTransformer: string; numThreads: number; provider: "cpu"; debug: 0 | 1 };
};

type SherpaOnnx = {
  OfflineRecognizer: { createAsync(config: OfflineRecognizerConfig): Promise<OfflineRecognizer> };
  OfflinePunctuation: new (config: OfflinePunctuationConfig) => { addPunct(text: string): string };
  LinearResampler: new (from: number, to: number) => { flush(samples: Float32Array): Float32Array };
  Vad: new (config: VadConfig, bufferSizeInSeconds: number) => Vad;
};

export const sherpa = createRequire(import.meta.url)("sherpa-onnx-node") as SherpaOnnx;
