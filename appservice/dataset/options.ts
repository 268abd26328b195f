import { z } from "zod";
import type { CommonDatasetOptions } from "./target.ts";
import { DATASET_TARGETS } from "./target-list.ts";

type AnyDatasetOptions = CommonDatasetOptions & { readonly type: string; readonly [key: string]: unknown };

const DatasetTargetOptions = z
  .discriminatedUnion("type", DATASET_TARGETS.map(({ options }) => options) as [z.ZodObject, ...z.ZodObject[]], {
    error: `type must be one of ${DATASET_TARGETS.map(({ type }) => type).join(", ")}`,
  })
  .transform((options) => options as AnyDatasetOptions);

const DatasetName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, "a set's name is written in small Latin letters, digits and hyphens");

/** The section `dataset` of the configuration. */
export const DatasetOptions = z.strictObject({
  targets: z
    .record(DatasetName, DatasetTargetOptions)
    .default({})
    .describe("Sets of what people allowed, by a name of your choice; docs/datasets.md has an example of each kind"),
  presidio: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).describe("Where Presidio's analyzer is reached; it gets the words"),
      languages: z.array(z.string().min(2).max(5)).min(1).default(["en"]).describe("Languages that it knows"),
      leastScore: z.number().min(0).max(1).default(0.6).describe("How sure it must be of a name"),
      timeoutSeconds: z.number().positive().max(600).default(30).describe("How long it may take for one text"),
    })
    .optional()
    .describe("A service of yours that finds names and numbers besides those that are known; without it there is none"),
});
export type DatasetOptions = z.output<typeof DatasetOptions>;

/** Lists the files with secrets that the targets name, by their keys. */
export function datasetSecretFiles({ targets }: DatasetOptions): { readonly key: string; readonly file: string }[] {
  return Object.entries(targets).flatMap(([name, options]) =>
    (DATASET_TARGETS.find(({ type }) => type === options.type)?.secretFiles ?? []).map((key) => ({
      key: `targets.${name}.${key}`,
      file: String(options[key]),
    })),
  );
}
