import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OggOpusDecoder } from "ogg-opus-decoder";
import { z } from "zod";

/** The clips that the demo and the tests speak. How they were made: tools/voices/make.sh. */
const Voice = z.object({
  file: z.string(),
  person: z.string(),
  language: z.enum(["en", "ru"]),
  /** The circle of a council that the words fit, from 1. */
  circle: z.number().int().positive(),
  /** The spoken text, word for word; a pause follows each sentence. */
  text: z.string(),
});
export type Voice = z.infer<typeof Voice>;

const FOLDER = import.meta.dirname;
/** Ogg Opus always decodes to this. */
export const VOICE_RATE = 48_000;

export async function listVoices(): Promise<Voice[]> {
  return z.array(Voice).parse(JSON.parse(await readFile(join(FOLDER, "voices.json"), "utf8")));
}

/** The clip of one person for one circle. */
export async function findVoice(person: string, circle: number): Promise<Voice> {
  const voice = (await listVoices()).find((one) => one.person === person && one.circle === circle);
  if (!voice) throw new Error(`there is no clip of ${person} for circle ${circle}`);
  return voice;
}

/** A clip as it is encoded, for a browser to decode. */
export function voiceFile(file: string): Promise<Uint8Array> {
  return readFile(join(FOLDER, file));
}

/** A clip as 16-bit mono at 48 kHz, as LiveKit's audio sources want it. */
export async function voicePcm(file: string): Promise<Int16Array> {
  const samples = await decode(file);
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
}

/** A clip as Float32 mono at 16 kHz, as recognisers want it. */
export async function voiceFor16kHz(file: string): Promise<Float32Array> {
  const samples = await decode(file);
  // The clips were made at 16 kHz, so there is nothing above to fold down: the mean of three is filter enough.
  return Float32Array.from({ length: Math.floor(samples.length / 3) }, (_, at) => {
    const from = at * 3;
    return ((samples[from] ?? 0) + (samples[from + 1] ?? 0) + (samples[from + 2] ?? 0)) / 3;
  });
}

async function decode(file: string): Promise<Float32Array> {
  const decoder = new OggOpusDecoder();
  try {
    await decoder.ready;
    const {
      channelData: [mono],
      sampleRate,
    } = await decoder.decodeFile(await voiceFile(file));
    if (!mono || sampleRate !== VOICE_RATE) throw new Error(`${file} is not mono Opus`);
    return mono;
  } finally {
    decoder.free();
  }
}
