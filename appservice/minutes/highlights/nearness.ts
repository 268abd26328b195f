import { likeness } from "../embeddings/vectors.ts";

/** Places of sentences in the space of meanings, by their text, and of what each circle is about. */
export type Meanings = {
  readonly of: ReadonlyMap<string, Float32Array>;
  readonly subjects: ReadonlyMap<number, Float32Array>;
};

/** Likeness of two texts, from 0 to 1; 0 where one of them is unknown. */
export function nearness(one: Float32Array | undefined, other: Float32Array | undefined): number {
  return one && other ? Math.max(0, likeness(one, other)) : 0;
}
