import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { BadFiles, problemsOf } from "./problems.ts";
import { MOST_BYTES, valueOfYaml, type YamlProblem } from "./yaml-text.ts";

/** Reads a YAML file and checks it by a schema. Throws `BadFiles` with every problem found. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): z.infer<S> {
  return checkYaml(textOf(file), file, schema);
}

/** The same for a text that is at hand; `file` is what problems call it. */
export function checkYaml<S extends z.ZodType>(text: string, file: string, schema: S): z.infer<S> {
  const read = valueOfYaml(text);
  if ("problems" in read) throw new BadFiles(read.problems.map((problem) => ({ file, key: "", ...inWords(problem) })));
  if (read.value === null || read.value === undefined)
    throw new BadFiles([
      { file, key: "", problem: "there is nothing in it.", remedy: "Fill it, or name another file." },
    ]);
  const parsed = schema.safeParse(read.value);
  if (!parsed.success) throw new BadFiles(problemsOf(parsed.error, file, (path) => describedAt(schema, path)));
  return parsed.data;
}

function inWords(problem: YamlProblem): { problem: string; remedy: string } {
  switch (problem.kind) {
    case "too-large":
      return { problem: `it is larger than ${problem.most} kB.`, remedy: "Shorten it." };
    case "not-yaml":
      return { problem: `not valid YAML: line ${problem.line}, ${problem.reason}.`, remedy: "Mend it there." };
    case "unreadable":
      return {
        problem: "it cannot be read: it is nested too deeply, or refers to itself too often.",
        remedy: "Write it without aliases.",
      };
  }
}

function textOf(file: string): string {
  try {
    if (statSync(file).size > MOST_BYTES) return " ".repeat(MOST_BYTES + 1);
    return readFileSync(file, "utf8");
  } catch (cause) {
    const code = (cause as { code?: string }).code;
    const problem = code === "ENOENT" ? "there is no such file." : `it cannot be read (${code ?? String(cause)}).`;
    throw new BadFiles([{ file, key: "", problem, remedy: "Check its path and its permissions." }]);
  }
}

/** The schema's description of the key at a path, found through all wrappers. */
function describedAt(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  let here: z.ZodType | undefined = schema;
  let described: string | undefined;
  for (const part of [...path, null]) {
    while (here) {
      described = here.description ?? described;
      const inner: unknown =
        (here.def as { innerType?: unknown; in?: unknown }).innerType ?? (here.def as { in?: unknown }).in;
      if (!inner) break;
      here = inner as z.ZodType;
    }
    if (part === null || !here) break;
    if (here instanceof z.ZodObject) here = here.shape[String(part)] as z.ZodType | undefined;
    else if (here instanceof z.ZodArray) here = here.element as z.ZodType;
    else here = undefined;
    described = undefined;
  }
  return described;
}
