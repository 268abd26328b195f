import { OpusDecoder } from "opus-decoder";
import { type Audio, UnreadableAudio } from "./audio.ts";

/** Reads Opus in Ogg (RFC 7845) of one or two channels. */
export async function readOggOpus(bytes: Uint8Array): Promise<Audio> {
  const [head, , ...packets] = packetsOf(bytes);
  if (!head || Buffer.from(head.subarray(0, 8)).toString("latin1") !== "OpusHead")
    throw new UnreadableAudio("the Ogg file holds no Opus");
  const channels = head[9] ?? 1;
  if (channels > 2) throw new UnreadableAudio(`it has ${channels} channels, and two are the most`);
  const preSkip = (head[10] ?? 0) + (head[11] ?? 0) * 256;
  const decoder = new OpusDecoder({ channels, preSkip });
  try {
    await decoder.ready;
    const { channelData, sampleRate } = decoder.decodeFrames(packets);
    return { rate: sampleRate, channels: channelData };
  } finally {
    decoder.free();
  }
}

/**
 * Lists the packets of the file's first stream. A packet ends with the first piece of it that is shorter than 255
 * bytes.
 */
function packetsOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  let begun: Uint8Array[] = [];
  const serial = bytes.length > 18 ? view.getUint32(14, true) : 0;
  for (let at = 0; at + 27 <= bytes.length; ) {
    if (view.getUint32(at) !== 0x4f676753)
      throw new UnreadableAudio("a page of the Ogg file does not begin where it should");
    const ours = view.getUint32(at + 14, true) === serial;
    const lengths = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    at += 27 + lengths.length;
    for (const length of lengths) {
      if (at + length > bytes.length) throw new UnreadableAudio("it breaks off");
      if (ours) begun.push(bytes.subarray(at, at + length));
      at += length;
      if (!ours || length === 255) continue;
      packets.push(Buffer.concat(begun));
      begun = [];
    }
  }
  return packets;
}
