import { readFileSync } from "node:fs";
import OpenAI from "openai";
import { z } from "zod";
import type { EmbeddingsOptions } from "./options.ts";
import { ServiceError } from "../../protocol/mindminder-error.ts";

/** Places of texts in the space of meanings, as unit vectors: the likeness of two is their product. */
export type Embeddings = {
  readonly model: string;
  /** Likeness from which on two statements are on one thing. */
  readonly alikeFrom: number;
  /** Returns one vector for each text, in order. Rejects with an `EmbeddingsError` where they are not to be had. */
  of(texts: readonly string[], signal: AbortSignal): Promise<readonly Float32Array[]>;
};

export class EmbeddingsError extends ServiceError {
  constructor(message: string, options?: ErrorOptions) {
    super("EMBEDDINGS_UNAVAILABLE", message, options);
  }
}

const BATCH = 64;
/** Number of texts whose vectors are remembered: those of a room's meetings are asked for again and again. */
const REMEMBERED = 2_000;

const Answer = z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) }));

export function openEmbeddings(options: EmbeddingsOptions): Embeddings {
  const client = new OpenAI({
    baseURL: options.baseUrl,
    apiKey: options.apiKeyFile === null ? "none" : keyFrom(options.apiKeyFile),
    timeout: options.timeoutSeconds * 1000,
    maxRetries: 1,
    logLevel: "off",
  });
  const known = new Map<string, Float32Array>();

  async function ask(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    try {
      const { data } = await client.embeddings.create(
        { model: options.model, input: [...texts], encoding_format: "float" },
        { signal },
      );
      const vectors = Answer.parse(data)
        .sort((one, other) => one.index - other.index)
        .map(({ embedding }) => unit(embedding));
      if (vectors.length !== texts.length || new Set(vectors.map(({ length }) => length)).size > 1)
        throw new Error(`it answered ${vectors.length} vectors to ${texts.length} texts, or of unlike lengths`);
      return vectors;
    } catch (error) {
      signal.throwIfAborted();
      throw new EmbeddingsError(
        `no embeddings from ${new URL(options.baseUrl).host}: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }

  return {
    model: options.model,
    alikeFrom: options.alikeFrom,
    async of(texts, signal) {
      const missing = [...new Set(texts)].filter((text) => !known.has(text));
      const fresh = new Map<string, Float32Array>();
      for (let at = 0; at < missing.length; at += BATCH) {
        const batch = missing.slice(at, at + BATCH);
        (await ask(batch, signal)).forEach((vector, place) => fresh.set(batch[place] ?? "", vector));
      }
      const vectors = texts.map((text) => known.get(text) ?? fresh.get(text) ?? new Float32Array());
      for (const [text, vector] of fresh) known.set(text, vector);
      for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - REMEMBERED))) known.delete(oldest);
      return vectors;
    },
  };
}

export function unit(numbers: Iterable<number>): Float32Array {
  const vector = Float32Array.from(numbers);
  const length = Math.hypot(...vector) || 1;
  return vector.map((each) => each / length);
}

export function likeness(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function keyFrom(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Error(
      `minutes.embeddings.apiKeyFile: the key cannot be read from ${file}; name a file that the service may read`,
      { cause: error },
    );
  }
}
