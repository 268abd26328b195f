import { readFileSync } from "node:fs";
import OpenAI from "openai";
import { z } from "zod";
import type { EmbeddingsOptions } from "./options.ts";
import { ServiceError } from "../../protocol/mindminder-error.ts";
import { nextTurn } from "../../time/time.ts";
import { unit } from "./vectors.ts";

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

/** Texts of one request: their vectors are a hundred thousand numbers, which are read in one piece. */
const BATCH = 32;
/** Vectors that are looked at before others have their turn. */
const AT_ONCE = 8;
/** Number of texts whose vectors are remembered: those of a room's meetings are asked for again and again. */
const REMEMBERED = 2_000;

/** Numbers are looked at by a loop: a schema of each of them takes ten times as long. */
const Vector = z.custom<readonly number[]>(
  (given) =>
    Array.isArray(given) &&
    given.length > 0 &&
    given.every((each) => typeof each === "number" && Number.isFinite(each)),
);
const Answer = z.object({ index: z.number().int().nonnegative(), embedding: Vector });

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
      const answers: { readonly index: number; readonly vector: Float32Array }[] = [];
      for (const [at, each] of z.array(z.unknown()).parse(data).entries()) {
        if (at % AT_ONCE === AT_ONCE - 1) await nextTurn();
        const { index, embedding } = Answer.parse(each);
        answers.push({ index, vector: unit(embedding) });
      }
      const vectors = answers.sort((one, other) => one.index - other.index).map(({ vector }) => vector);
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
