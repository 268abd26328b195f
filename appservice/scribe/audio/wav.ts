import { SAMPLE_RATE } from "../engine.ts";
import { type Audio, UnreadableAudio } from "./audio.ts";

/** Writes the samples as a WAV file: 16-bit PCM, mono. */
export function wavOf(samples: Float32Array): Buffer {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, at) => data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), at * 2));
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // channels
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/** Reads a WAV file of whole numbers (8 to 32 bits) or floating point numbers. */
export function readWav(bytes: Uint8Array): Audio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let form: { float: boolean; channels: number; rate: number; width: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = Buffer.from(bytes.subarray(at, at + 4)).toString("latin1");
    // A program that wrote the file while it grew did not know its length.
    const length = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8);
    if (name === "fmt ") {
      const kind = view.getUint16(at + 8, true);
      const plain = kind === 0xfffe ? view.getUint16(at + 32, true) : kind;
      if (plain !== 1 && plain !== 3) throw new UnreadableAudio("its samples are compressed");
      form = {
        float: plain === 3,
        channels: view.getUint16(at + 10, true),
        rate: view.getUint32(at + 12, true),
        width: view.getUint16(at + 22, true) / 8,
      };
    }
    if (name === "data" && form)
      return {
        rate: form.rate,
        channels: channelsOf(new DataView(bytes.buffer, bytes.byteOffset + at + 8, length), form),
      };
    at += 8 + length + (length % 2);
  }
  throw new UnreadableAudio("it holds no samples");
}

function channelsOf(
  data: DataView,
  { float, channels, width }: { float: boolean; channels: number; width: number },
): Float32Array[] {
  const read = readerOf(data, float, width);
  const frames = Math.floor(data.byteLength / (channels * width));
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (__, at) => read((at * channels + channel) * width)),
  );
}

function readerOf(data: DataView, float: boolean, width: number): (at: number) => number {
  if (float && width === 4) return (at) => data.getFloat32(at, true);
  if (float && width === 8) return (at) => data.getFloat64(at, true);
  if (width === 1) return (at) => data.getUint8(at) / 128 - 1;
  if (width === 2) return (at) => data.getInt16(at, true) / 32_768;
  if (width === 3) return (at) => (data.getInt16(at + 1, true) * 256 + data.getUint8(at)) / 8_388_608;
  if (width === 4) return (at) => data.getInt32(at, true) / 2 ** 31;
  throw new UnreadableAudio(`its samples have ${width * 8} bits`);
}
