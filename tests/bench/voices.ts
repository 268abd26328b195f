import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OggOpusDecoder } from "ogg-opus-decoder";

const FOLDER = join(import.meta.dirname, "../voices");

export type Clip = {
  readonly file: string;
  readonly person: string;
  readonly language: string;
  readonly circle: number;
  readonly text: string;
  /** 48 kHz, one channel. */
  readonly samples: Int16Array;
};

/** The recorded voices that come with the tests. */
export async function clips(): Promise<Clip[]> {
  const list = JSON.parse(await readFile(join(FOLDER, "voices.json"), "utf8")) as Omit<Clip, "samples">[];
  return Promise.all(list.map(async (clip) => ({ ...clip, samples: await decoded(clip.file) })));
}

async function decoded(file: string): Promise<Int16Array> {
  const decoder = new OggOpusDecoder();
  await decoder.ready;
  const { channelData, sampleRate } = await decoder.decodeFile(await readFile(join(FOLDER, file)));
  decoder.free();
  if (sampleRate !== 48_000) throw new Error(`${file}: ${sampleRate} Hz`);
  return Int16Array.from(channelData[0] ?? [], (value) => Math.max(-1, Math.min(1, value)) * 32_767);
}
