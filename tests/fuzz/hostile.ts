import fc from "fast-check";
import { LONG } from "../support/stack/long.ts";
import { stopwatch } from "../support/stopwatch.ts";

/** Number of tries: in `npm test` a sample, in `npm run test:long` as many as an hour of thinking would bring up. */
export const runs = (sample: number) => ({
  numRuns: LONG ? sample * 40 : sample,
  interruptAfterTimeLimit: LONG ? 120_000 : 20_000,
  markInterruptAsFailure: false,
});

/** Time for all of them. */
export const patient = { timeout: LONG ? 200_000 : 120_000 };

/** Values that break what expects others: empty, huge, deep, negative, with names that mean something to JavaScript. */
const nasty: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1e308,
  -0.5,
  2 ** 53,
  "",
  "\u0000",
  "\ud800",
  "‮",
  "a".repeat(70_000),
  "<img src=x onerror=alert(1)>",
  "!circle start",
  [],
  {},
  [[[[[[]]]]]],
  [null],
  { toString: 1 },
  { length: { toString: 1 } },
  { length: -1 },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}'),
  Array.from({ length: 3_000 }, (_, i) => i),
  deep(400),
);

export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: nasty },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
);

function deep(levels: number): unknown {
  let value: unknown = "bottom";
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { value };
  return value;
}

/** Something well-formed with up to three places in it replaced, taken out or added. */
export function spoiled(bases: readonly unknown[]): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat({ max: 1_000 }),
    how: fc.constantFrom("replace", "remove", "add"),
    value: anything,
  });
  return fc
    .record({ base: fc.constantFrom(...bases), changes: fc.array(change, { minLength: 0, maxLength: 3 }) })
    .map(({ base, changes }) => {
      const root = { root: structuredClone(base) };
      for (const { at, how, value } of changes) spoil(root, at, how, structuredClone(value));
      return root.root;
    });
}

type Place = { readonly inside: Record<string, unknown>; readonly key: string };

function spoil(root: object, at: number, how: string, value: unknown): void {
  const places = placesIn(root);
  const place = places[at % places.length];
  if (!place) return;
  const { inside, key } = place;
  if (how === "remove") delete inside[key];
  else if (how === "add") inside[`${key}x`] = value;
  else inside[key] = value;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = value as Record<string, unknown>;
  return Object.keys(inside)
    .slice(0, 200)
    .flatMap((key) => [{ inside, key }, ...(key.startsWith("__") ? [] : placesIn(inside[key]))]);
}

/** Bytes with some turned over, cut out, doubled or cut off. */
export function spoiledBytes(bases: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom("flip", "cut", "double", "end", "zero", "ones"),
    length: fc.integer({ min: 1, max: 64 }),
  });
  return fc
    .record({ base: fc.constantFrom(...bases), changes: fc.array(change, { minLength: 1, maxLength: 5 }) })
    .map(({ base, changes }) => {
      let bytes = Buffer.from(base);
      for (const { at, how, length } of changes) {
        const from = Math.floor(at * at * bytes.length);
        const piece = bytes.subarray(from, from + length);
        if (how === "flip") piece.forEach((byte, i) => void (piece[i] = byte ^ (1 << (length % 8))));
        if (how === "zero") piece.fill(0);
        if (how === "ones") piece.fill(255);
        if (how === "cut") bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
        if (how === "double") bytes = Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)]);
        if (how === "end") bytes = bytes.subarray(0, from);
      }
      return bytes;
    });
}

/** Milliseconds after which work counts as hanging, for those who wait for it. */
export const HANGS_MS = 2_000;

export async function soon<T>(work: () => T | Promise<T>): Promise<T> {
  const elapsed = stopwatch();
  const result = await work();
  const took = elapsed();
  if (took > HANGS_MS) throw new Error(`took ${Math.round(took)} ms`);
  return result;
}
