import { type Audio, UnreadableAudio } from "./audio.ts";
import { BitReader } from "./bits.ts";
import { samplesOf } from "./pcm.ts";

type Stream = { readonly rate: number; readonly bits: number; readonly total: number };
type Frame = { readonly length: number; readonly assignment: number; readonly bits: number };

/** Reads a FLAC file (RFC 9639) of up to 24 bits. */
export function readFlac(bytes: Uint8Array): Audio {
  const { stream, from } = metadata(bytes);
  const parts: Float32Array[][] = [];
  const scale = 2 ** (stream.bits - 1);
  for (let at = from, read = 0; at < bytes.length && (stream.total === 0 || read < stream.total); ) {
    const bits = new BitReader(bytes, at);
    const frame = header(bits, bytes, stream);
    const channels = decorrelated(frame.assignment, subframes(bits, frame));
    parts.push(channels.map((channel) => samplesOf(channel, scale)));
    bits.toNextByte();
    bits.read(16);
    at = bits.byte;
    read += frame.length;
  }
  const channels =
    parts[0]?.map((_, channel) => joined(parts.map((part) => part[channel] ?? new Float32Array(0)))) ?? [];
  return { rate: stream.rate, channels };
}

/** Reads from the head of a FLAC file how many samples a second it has, in how many seconds; null where it is none. */
export function flacLength(bytes: Uint8Array): { readonly rate: number; readonly seconds: number } | null {
  if (Buffer.from(bytes.subarray(0, 4)).toString("latin1") !== "fLaC") return null;
  try {
    const { rate, total } = metadata(bytes).stream;
    return rate > 0 && total > 0 ? { rate, seconds: total / rate } : null;
  } catch (error) {
    if (error instanceof UnreadableAudio || error instanceof RangeError) return null;
    throw error;
  }
}

function metadata(bytes: Uint8Array): { stream: Stream; from: number } {
  let stream: Stream | undefined;
  for (let at = 4, last = false; !last; ) {
    const bits = new BitReader(bytes, at);
    last = bits.read(1) === 1;
    const kind = bits.read(7);
    const length = bits.read(24);
    if (kind === 0) {
      for (const passedOver of [32, 32, 16]) bits.read(passedOver);
      const rate = bits.read(20);
      bits.read(3);
      const depth = bits.read(5) + 1;
      stream = { rate, bits: depth, total: bits.read(4) * 2 ** 32 + bits.read(32) };
    }
    at += 4 + length;
    if (last && stream) return { stream, from: at };
  }
  throw new UnreadableAudio("it has no STREAMINFO");
}

function header(bits: BitReader, bytes: Uint8Array, stream: Stream): Frame {
  if (bits.read(15) !== 0b111_1111_1111_1100) throw new UnreadableAudio("a frame does not begin where it should");
  bits.read(1);
  const [length, rate, assignment, depth] = [bits.read(4), bits.read(4), bits.read(4), bits.read(3)];
  bits.read(1);
  const numbered = bytes[bits.byte] ?? 0;
  for (let more = numbered < 0x80 ? 1 : Math.clz32(~(numbered << 24)); more > 0; more--) bits.read(8);
  const samples = blockLength(length, bits);
  if (rate === 12) bits.read(8);
  if (rate === 13 || rate === 14) bits.read(16);
  bits.read(8);
  return { length: samples, assignment, bits: [stream.bits, 8, 12, 0, 16, 20, 24, 32][depth] ?? stream.bits };
}

function blockLength(code: number, bits: BitReader): number {
  if (code === 1) return 192;
  if (code <= 5) return 576 * 2 ** (code - 2);
  if (code === 6) return bits.read(8) + 1;
  if (code === 7) return bits.read(16) + 1;
  return 256 * 2 ** (code - 8);
}

/**
 * Reads the channels of a frame. Assignments above 7 keep the difference of two channels in place of one of them, which
 * takes a bit more.
 */
function subframes(bits: BitReader, { assignment, length, bits: depth }: Frame): Float64Array[] {
  const sideAt = assignment === 9 ? 0 : 1;
  const count = assignment < 8 ? assignment + 1 : 2;
  return Array.from({ length: count }, (_, channel) =>
    subframe(bits, length, depth + (assignment >= 8 && channel === sideAt ? 1 : 0)),
  );
}

function decorrelated(assignment: number, channels: Float64Array[]): Float64Array[] {
  const [one, other] = channels;
  if (assignment < 8 || !one || !other) return channels;
  if (assignment === 8) return [one, one.map((left, at) => left - (other[at] ?? 0))];
  if (assignment === 9) return [other.map((right, at) => right + (one[at] ?? 0)), other];
  const left = one.map((middle, at) => middle + Math.ceil((other[at] ?? 0) / 2));
  return [left, left.map((value, at) => value - (other[at] ?? 0))];
}

function subframe(bits: BitReader, length: number, depth: number): Float64Array {
  bits.read(1);
  const kind = bits.read(6);
  const wasted = bits.read(1) === 1 ? bits.unary() + 1 : 0;
  const width = depth - wasted;
  const samples = new Float64Array(length);
  if (kind === 0) samples.fill(bits.signed(width));
  else if (kind === 1) for (let at = 0; at < length; at++) samples[at] = bits.signed(width);
  else if (kind >= 32) predicted(bits, samples, width, kind - 31, null);
  else if (kind >= 8 && kind <= 12) predicted(bits, samples, width, kind - 8, FIXED[kind - 8] ?? []);
  else throw new UnreadableAudio("it holds a kind of frame that is not known");
  return wasted === 0 ? samples : samples.map((sample) => sample * 2 ** wasted);
}

/** Predictors that need no coefficients in the file, the nearest sample first. */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

function predicted(
  bits: BitReader,
  samples: Float64Array,
  width: number,
  order: number,
  fixed: readonly number[] | null,
): void {
  for (let at = 0; at < order; at++) samples[at] = bits.signed(width);
  const precision = fixed ? 0 : bits.read(4) + 1;
  const shift = fixed ? 0 : bits.signed(5);
  const weights = fixed ?? Array.from({ length: order }, () => bits.signed(precision));
  readResidual(bits, samples, order);
  for (let at = order; at < samples.length; at++) {
    let guess = 0;
    for (const [back, weight] of weights.entries()) guess += weight * (samples[at - 1 - back] ?? 0);
    samples[at] = (samples[at] ?? 0) + Math.floor(guess / 2 ** shift);
  }
}

function readResidual(bits: BitReader, samples: Float64Array, order: number): void {
  const width = bits.read(2) === 0 ? 4 : 5;
  const partitions = 2 ** bits.read(4);
  const length = samples.length / partitions;
  for (let part = 0; part < partitions; part++) {
    const parameter = bits.read(width);
    const plain = parameter === 2 ** width - 1 ? bits.read(5) : null;
    for (let at = Math.max(part * length, order); at < (part + 1) * length; at++)
      samples[at] = plain === null ? rice(bits, parameter) : plain === 0 ? 0 : bits.signed(plain);
  }
}

function rice(bits: BitReader, parameter: number): number {
  const folded = bits.unary() * 2 ** parameter + bits.read(parameter);
  return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
