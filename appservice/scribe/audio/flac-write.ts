import { createHash } from "node:crypto";
import { SAMPLE_RATE } from "../engine.ts";
import { BitWriter } from "./bits.ts";
import { pcmOf } from "./pcm.ts";

/**
 * FLAC as RFC 9639 describes it, in the least form that speech needs: one channel, 16 bits, fixed predictors. Browsers
 * play it.
 */
const BLOCK = 4_096;
/** Number of parts of a block that choose their own parameter, as a power of two. */
const PARTITIONS = 4;
const HIGHEST_PARAMETER = 14;
const [OF_HEADER, OF_FRAME] = [crcTable(8, 0x07), crcTable(16, 0x8005)];

/**
 * Writes the samples (each between -1 and 1, at `SAMPLE_RATE`) as a FLAC file: about half as long as WAV, and the same
 * to the last bit.
 */
export function flacOf(samples: Float32Array): Buffer {
  const pcm = pcmOf(samples);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < pcm.length; at += BLOCK) frames.push(frame(pcm.subarray(at, at + BLOCK), at / BLOCK));
  return Buffer.concat([Buffer.from("fLaC", "latin1"), streamInfo(pcm), ...frames]);
}

function streamInfo(pcm: Int16Array): Uint8Array {
  const bits = new BitWriter();
  bits.write(0x80, 8); // the last block of metadata, and its kind: STREAMINFO
  bits.write(34, 24);
  bits.write(BLOCK, 16);
  bits.write(BLOCK, 16);
  bits.write(0, 24); // the smallest and the largest frame: not said
  bits.write(0, 24);
  bits.write(SAMPLE_RATE, 20);
  bits.write(0, 3); // one channel
  bits.write(15, 5); // 16 bits
  bits.write(0, 4);
  bits.write(pcm.length, 32);
  for (const byte of createHash("md5")
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest())
    bits.write(byte, 8);
  return bits.bytes();
}

function frame(block: Int16Array, number: number): Uint8Array {
  const bits = new BitWriter();
  bits.write(0b1111_1111_1111_1000, 16);
  bits.write(0b0111, 4); // the block's length stands below, in 16 bits
  bits.write(0b0101, 4); // 16 kHz
  bits.write(0, 4); // one channel
  bits.write(0b1000, 4); // 16 bits, and a bit that is always 0
  for (const byte of utf8(number)) bits.write(byte, 8);
  bits.write(block.length - 1, 16);
  bits.write(crc(bits.bytes(), OF_HEADER), 8);
  subframe(bits, block);
  bits.toNextByte();
  bits.write(crc(bits.bytes(), OF_FRAME), 16);
  return bits.bytes();
}

function subframe(bits: BitWriter, block: Int16Array): void {
  if (block.every((sample) => sample === block[0])) {
    bits.write(0, 8);
    return bits.signed(block[0] ?? 0, 16);
  }
  const { order, residual } = bestPrediction(block);
  bits.write((0b001000 | order) << 1, 8);
  for (const sample of block.subarray(0, order)) bits.signed(sample, 16);
  bits.write(0, 2);
  // Only a whole block can be divided evenly.
  const partitions = block.length === BLOCK ? PARTITIONS : 0;
  bits.write(partitions, 4);
  const length = block.length >> partitions;
  for (let from = 0; from < block.length; from += length)
    writePart(bits, residual.subarray(Math.max(from, order) - order, from + length - order));
}

function writePart(bits: BitWriter, residual: Int32Array): void {
  const mean = size(residual) / Math.max(1, residual.length);
  const parameter = Math.min(HIGHEST_PARAMETER, Math.max(0, Math.round(Math.log2(mean * 1.4 + 0.5))));
  bits.write(parameter, 4);
  for (const value of residual) {
    const folded = value < 0 ? -2 * value - 1 : 2 * value;
    bits.rice(folded, parameter);
  }
}

/**
 * Finds the order of the predictor that leaves least of a block when each sample is guessed from those before it, and
 * the rest it leaves.
 */
function bestPrediction(block: Int16Array): { order: number; residual: Int32Array } {
  let residual: Int32Array = new Int32Array(block);
  let best = { order: 0, residual, size: size(residual) };
  for (let order = 1; order <= 4 && residual.length > 1; order++) {
    residual = differences(residual);
    if (size(residual) < best.size) best = { order, residual, size: size(residual) };
  }
  return best;
}

// Loops: sound is long, and a call for each sample takes longer than the arithmetic.
function differences(values: Int32Array): Int32Array {
  const found = new Int32Array(values.length - 1);
  for (let at = 0; at < found.length; at++) found[at] = (values[at + 1] ?? 0) - (values[at] ?? 0);
  return found;
}

function size(residual: Int32Array): number {
  let sum = 0;
  for (let at = 0; at < residual.length; at++) sum += Math.abs(residual[at] ?? 0);
  return sum;
}

/** Writes a number as UTF-8 would write a character of that code. */
function utf8(number: number): Uint8Array {
  return number < 0xd800
    ? new TextEncoder().encode(String.fromCharCode(number))
    : Uint8Array.of(0xe0 | (number >> 12), 0x80 | ((number >> 6) & 63), 0x80 | (number & 63));
}

type Crc = { readonly width: 8 | 16; readonly table: Uint16Array };

function crcTable(width: 8 | 16, polynomial: number): Crc {
  const [top, mask] = [1 << (width - 1), 2 ** width - 1];
  const table = new Uint16Array(256).map((_, byte) => {
    let value = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) value = (value & top ? (value << 1) ^ polynomial : value << 1) & mask;
    return value;
  });
  return { width, table };
}

function crc(bytes: Uint8Array, { width, table }: Crc): number {
  const mask = 2 ** width - 1;
  let value = 0;
  for (let at = 0; at < bytes.length; at++)
    value = ((value << 8) & mask) ^ (table[((value >> (width - 8)) ^ (bytes[at] ?? 0)) & 255] ?? 0);
  return value;
}
