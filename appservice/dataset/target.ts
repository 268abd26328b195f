import { z } from "zod";
import { DATASET_PURPOSES } from "./rows.ts";

/** Content of a file of the set: bytes at hand, or a file of this machine. */
export type DatasetContent = { readonly bytes: Uint8Array } | { readonly file: string };

/** An open place of a set. Paths have `/` between folders. What fails throws a `DatasetProblem`. */
export type DatasetTarget = {
  /** Name for people. */
  readonly place: string;
  /** All files there by their path, with their length. */
  list(signal: AbortSignal): Promise<Map<string, number>>;
  /** Null where there is none. */
  read(path: string, signal: AbortSignal): Promise<Uint8Array | null>;
  /** Puts a whole file there, or nothing: nobody ever finds half of one. */
  put(path: string, content: DatasetContent, signal: AbortSignal): Promise<void>;
  remove(paths: readonly string[], signal: AbortSignal): Promise<void>;
  close?(): void;
};

export type DatasetTargetPorts = {
  /** Resolves a path in the options from the configuration's folder. */
  readonly path: (path: string) => string;
  /** Reads a file that holds a secret. */
  readonly secret: (file: string) => string;
};

/** Beginning of the paths of recordings in a target, which are no part of the set. */
export const RECORDINGS = "recordings/";

/** Place beside a set where LiveKit's Egress writes recordings by itself. */
export type RecordingPlace =
  | { readonly kind: "folder"; readonly folder: string }
  | {
      readonly kind: "bucket";
      readonly endpoint: string;
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string;
      readonly accessKey: string;
      readonly secret: string;
    };

export type DatasetTargetKind = {
  readonly type: string;
  readonly options: z.ZodObject;
  /** Keys of the options that name a file with a secret. */
  readonly secretFiles: readonly string[];
  readonly open: (options: unknown, ports: DatasetTargetPorts) => Promise<DatasetTarget>;
  readonly recordTo: (options: unknown, ports: DatasetTargetPorts) => RecordingPlace;
};

const COMMON = {
  purpose: z
    .enum(DATASET_PURPOSES)
    .default("improve")
    .describe("What people must have allowed: improve (the set stays on this server), or publish"),
  everyHours: z
    .number()
    .min(0)
    .max(24 * 366)
    .default(0)
    .describe("How often the service builds it anew; it does so besides when somebody takes their word back. 0: never"),
};
export type CommonDatasetOptions = z.output<z.ZodObject<typeof COMMON>>;

/** Declares a kind of target. A new one is a file in `targets/`, and a line in `target-list.ts`. */
export function datasetTarget<const T extends string, Shape extends z.ZodRawShape>(kind: {
  readonly type: T;
  readonly options: Shape;
  readonly secretFiles: readonly (keyof Shape & string)[];
  readonly open: (options: z.output<z.ZodObject<Shape>>, ports: DatasetTargetPorts) => Promise<DatasetTarget>;
  readonly recordTo: (options: z.output<z.ZodObject<Shape>>, ports: DatasetTargetPorts) => RecordingPlace;
}) {
  const options = z.strictObject({ type: z.literal(kind.type), ...kind.options, ...COMMON });
  const parsed = (given: unknown) => z.object(kind.options).parse(given);
  const open: DatasetTargetKind["open"] = (given, ports) => kind.open(parsed(given), ports);
  const recordTo: DatasetTargetKind["recordTo"] = (given, ports) => kind.recordTo(parsed(given), ports);
  return { type: kind.type, options, secretFiles: kind.secretFiles, open, recordTo };
}
