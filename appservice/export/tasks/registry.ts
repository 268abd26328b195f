import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { askWith } from "./http.ts";
import type { CommonOptions, TaskTarget } from "./target.ts";
import { TARGETS } from "./target-list.ts";
import { TargetProblem } from "./target-problem.ts";

type Options = CommonOptions & { readonly type: string; readonly [key: string]: unknown };

const TaskTargetOptions = z
  .discriminatedUnion("type", TARGETS.map(({ options }) => options) as [z.ZodObject, ...z.ZodObject[]], {
    error: `type must be one of ${TARGETS.map(({ type }) => type).join(", ")}`,
  })
  .transform((options) => options as Options);

/** Name of a target, as people write it behind a command, and as it stands in the journal. */
export const TargetName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, "a target's name is written in small Latin letters, digits and hyphens");

/** The section `export` of the configuration. */
export const ExportOptions = z.strictObject({
  targets: z
    .record(TargetName, TaskTargetOptions)
    .default({})
    .describe("Task managers by a name of your choice, for rooms to choose from; docs/tasks.md has an example of each"),
});
export type ExportOptions = z.output<typeof ExportOptions>;

/** A task manager of the configuration. */
export type OpenTarget = { readonly target: TaskTarget; readonly type: string; readonly options: CommonOptions };

export function openTargets(
  { targets }: ExportOptions,
  { folder, now }: { folder: string; now: () => number },
): Map<string, OpenTarget> {
  return new Map(
    Object.entries(targets).map(([name, options]) => {
      const kind = TARGETS.find(({ type }) => type === options.type);
      if (!kind) throw new Error(`export.targets.${name}: there is no type ${options.type}`);
      const doors = {
        ask: askWith({ timeoutMs: options.timeoutSeconds * 1000, now }),
        now,
        secret: (file: string) => secretIn(resolve(folder, file)),
        path: (path: string) => resolve(folder, path),
      };
      return [name, { target: kind.open(options, doors), type: kind.type, options }];
    }),
  );
}

/** Lists the files with secrets that the targets name, by their keys. */
export function secretFiles({ targets }: ExportOptions, folder: string): { key: string; path: string }[] {
  return Object.entries(targets).flatMap(([name, options]) =>
    (TARGETS.find(({ type }) => type === options.type)?.secretFiles ?? []).flatMap((key) =>
      options[key] === undefined
        ? []
        : [{ key: `targets.${name}.${key}`, path: resolve(folder, String(options[key])) }],
    ),
  );
}

/** Reads a secret. The path is for the log; the room is told without it. */
function secretIn(path: string): string {
  try {
    const secret = readFileSync(path, "utf8").trim();
    if (secret !== "") return secret;
  } catch (cause) {
    throw new TargetProblem("misset", `the secret in ${path} cannot be read`, { cause });
  }
  throw new TargetProblem("misset", `the secret in ${path} is empty`);
}
