import { z } from "zod";
import { SpeechLanguage } from "../../protocol/identity.ts";
import { LOUDEST, pcmOf, samplesOf } from "../audio/pcm.ts";
import { EngineError, type Speech, type Transcript } from "../engine.ts";
import type { FleetSeal } from "./sealing.ts";

const SpeechFacts = z.object({ language: SpeechLanguage, vocabulary: z.array(z.string()), version: z.number() });
/** Answer of a worker to a caption asked for, the text sealed. */
export const CaptionAnswer = z.object({ turn: z.string(), sealed: z.string() });
export type CaptionAnswer = z.infer<typeof CaptionAnswer>;

/** Job of a caption: its sound lies beside it, always the newest. */
export const CaptionJob = z.object({ turn: z.string() });

const SealedText = z.object({
  text: z.string(),
  language: z.string().nullable(),
  words: z.array(z.object({ text: z.string(), from: z.number() })).default([]),
  version: z.number(),
});

/** `version`: counts the captions of a turn, so that an older one is never taken for the newest. */
export type Versioned<T> = T & { readonly version: number };

const LENGTH_BYTES = 4;

/**
 * Packs speech for Redis: its facts, which hold people's names, and its sound, sealed together. The sound goes as it
 * is, in 16 bits: it is there for seconds, and packing it would take longer than all the rest.
 */
export function sealSpeech(seal: FleetSeal, name: string, speech: Speech, version = 0): Buffer {
  const facts = Buffer.from(JSON.stringify({ language: speech.language, vocabulary: speech.vocabulary, version }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(facts.length);
  return seal.seal(Buffer.concat([length, facts, Buffer.from(pcmOf(speech.samples).buffer)]), `sound:${name}`);
}

export function openSpeech(seal: FleetSeal, name: string, sealed: Uint8Array): Versioned<Speech> {
  const opened = seal.open(sealed, `sound:${name}`);
  const soundAt = LENGTH_BYTES + opened.readUInt32BE(0);
  const facts = SpeechFacts.parse(JSON.parse(opened.subarray(LENGTH_BYTES, soundAt).toString("utf8")));
  return { ...facts, samples: soundOf(opened.subarray(soundAt)) };
}

function soundOf(bytes: Buffer): Float32Array {
  // A copy begins at an even place, as numbers of 16 bits have to.
  return samplesOf(new Int16Array(new Uint8Array(bytes).buffer, 0, bytes.length >> 1), LOUDEST);
}

export function sealText(seal: FleetSeal, name: string, { text, language, words }: Transcript, version = 0): string {
  return seal.seal(Buffer.from(JSON.stringify({ text, language, words, version })), `text:${name}`).toString("base64");
}

export function openText(seal: FleetSeal, name: string, sealed: string): Versioned<Transcript> {
  return SealedText.parse(JSON.parse(seal.open(Buffer.from(sealed, "base64"), `text:${name}`).toString("utf8")));
}

const FAILURES = ["engine-unreachable", "engine-refused", "engine-failed", "too-slow"] as const;

/** Word by which a worker's failure crosses Redis: no sentence of a library's, which might hold what was said. */
export function failureWord(error: unknown): string {
  return error instanceof EngineError ? error.failure : "engine-failed";
}

/** Failure of a worker as an engine's own; anything that is no such word is one of the piece. */
export function failureOf(word: string): EngineError {
  const failure = FAILURES.find((known) => known === word) ?? "engine-failed";
  return new EngineError(failure, `a worker of the fleet could not decode it (${failure})`);
}
