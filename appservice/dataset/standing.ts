import { z } from "zod";
import { CHECKSUMS, readChecksums } from "./checksums.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { DATASET_PURPOSES, type DatasetPurpose, SPLITS } from "./rows.ts";
import { type DatasetTarget, RECORDINGS } from "./target.ts";
import { DatasetProblem } from "./target-problem.ts";

export const BUILD_FILE = "build.json";

/** Facts about a build that the next one goes on from. `key`: fingerprint of the key of the pseudonyms. */
export const BuildFile = z.object({
  format: z.literal(1),
  version: z.number().int().nonnegative(),
  purpose: z.enum(DATASET_PURPOSES),
  key: z.string(),
  at: z.string(),
  groups: z.record(z.string(), z.enum(SPLITS)),
});
export type BuildFile = z.output<typeof BuildFile>;

const KnownRow = z.object({ id: z.string(), duration: z.number() });
const KnownConsent = z.object({ speaker: z.string(), room: z.string(), purpose: z.string() });
export type KnownConsent = z.output<typeof KnownConsent>;

/** A set as it lies there before a build. */
export type StandingDataset = {
  readonly build: BuildFile | null;
  /** All files there, with their length. */
  readonly there: Map<string, number>;
  /** Sums of the files of the last whole version. */
  readonly sums: ReadonlyMap<string, string>;
  /** Seconds of each piece of it, by id. */
  readonly pieces: ReadonlyMap<string, number>;
  readonly consents: readonly KnownConsent[];
  /** Lines of `withdrawn.jsonl`. */
  readonly withdrawn: string;
};

type StandingDeps = {
  readonly target: DatasetTarget;
  readonly purpose: DatasetPurpose;
  readonly pseudonyms: Pick<Pseudonyms, "fingerprint">;
  readonly signal: AbortSignal;
};

/** Reads a set. Throws where the place holds something else than a set of this kind, or one that another key made. */
export async function standingDataset({ target, purpose, pseudonyms, signal }: StandingDeps): Promise<StandingDataset> {
  const there = new Map([...(await target.list(signal))].filter(([path]) => !path.startsWith(RECORDINGS)));
  const text = async (path: string) =>
    there.has(path) ? new TextDecoder().decode((await target.read(path, signal)) ?? new Uint8Array()) : "";
  const build = parsed(BuildFile, await text(BUILD_FILE));
  if (!build && there.size > 0)
    throw new DatasetProblem(
      "not-ours",
      `${target.place} holds files, and is no set of ours. Name an empty place: what is there is not touched.`,
    );
  if (build && build.purpose !== purpose)
    throw new DatasetProblem(
      "misset",
      `${target.place} holds a set for the purpose “${build.purpose}”, and “${purpose}” was asked for. Name another place.`,
    );
  // By another key everything in it would look taken back, and people would bear other names than before.
  if (build && build.key !== pseudonyms.fingerprint)
    throw new DatasetProblem(
      "misset",
      `${target.place} was built with another key of pseudonyms. Put back the file datasets/key that was there then; if it is lost, name an empty place, and delete this set once nobody needs it: what is taken back is not taken out of it any more.`,
    );
  const pieces = new Map<string, number>();
  for (const split of SPLITS)
    for (const row of lines(KnownRow, await text(`asr/${split}/metadata.jsonl`))) pieces.set(row.id, row.duration);
  return {
    build,
    there,
    sums: readChecksums(await text(CHECKSUMS)),
    pieces,
    consents: lines(KnownConsent, await text("consent.jsonl")),
    withdrawn: await text("withdrawn.jsonl"),
  };
}

/** Reads lines of JSON; what cannot be read is as if it were not there, and is made anew. */
export function lines<T>(schema: z.ZodType<T>, text: string): T[] {
  return text.split("\n").flatMap((line) => (line === "" ? [] : (parsed(schema, line) ?? [])));
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
