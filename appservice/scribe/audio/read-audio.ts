import { readFile } from "node:fs/promises";
import { SAMPLE_RATE } from "../engine.ts";
import { sherpa } from "../sherpa-onnx-node.ts";
import { type Audio, UnreadableAudio } from "./audio.ts";
import { readFlac } from "./flac-read.ts";
import { readOggOpus } from "./ogg-opus.ts";
import { readWav } from "./wav.ts";

/** Limits of the rate, wider than those of recorders; a rate of next to nothing would make hours of a second. */
const [SLOWEST_HZ, FASTEST_HZ] = [4_000, 384_000];

/** Endings of the files that can be read. */
export const AUDIO_ENDINGS = ["wav", "flac", "opus", "ogg"];

/** Reads a file as recognisers want it: mono at `SAMPLE_RATE`. Its first bytes tell its format. */
export async function readSpeech(file: string): Promise<Float32Array> {
  const audio = await decoded(await readFile(file));
  const [first] = audio.channels;
  if (!first || first.length === 0) throw new UnreadableAudio("it holds no sound");
  if (audio.rate < SLOWEST_HZ || audio.rate > FASTEST_HZ)
    throw new UnreadableAudio(`${audio.rate} samples a second are none of speech`);
  return resampled(mono(audio.channels), audio.rate);
}

function decoded(bytes: Uint8Array): Audio | Promise<Audio> {
  try {
    switch (Buffer.from(bytes.subarray(0, 4)).toString("latin1")) {
      case "RIFF":
        return readWav(bytes);
      case "fLaC":
        return readFlac(bytes);
      case "OggS":
        return readOggOpus(bytes);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableAudio("it breaks off", { cause: error });
    throw error;
  }
  throw new UnreadableAudio("it is neither WAV nor FLAC nor Opus in Ogg");
}

function mono(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0)] = channels;
  if (channels.length === 1) return first;
  return first.map((_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length);
}

function resampled(samples: Float32Array, rate: number): Float32Array {
  return rate === SAMPLE_RATE ? samples : new sherpa.LinearResampler(rate, SAMPLE_RATE).flush(samples);
}
