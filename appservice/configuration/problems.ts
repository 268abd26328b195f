import type { z } from "zod";
import { AdminError } from "../protocol/mindminder-error.ts";

/** Something wrong in a file that somebody wrote. */
export type Problem = {
  readonly file: string;
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
};

/** One or more files cannot be used. Its message lists every problem, not the first alone. */
export class BadFiles extends AdminError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super("BAD_FILES", problems.map(lineOf).join("\n"));
    this.problems = problems;
  }
}

function lineOf({ file, key, problem, remedy }: Problem): string {
  return `${file}: ${key ? `${key}: ` : ""}${problem} ${remedy}`;
}

/** Every issue of a failed parse, with the key's path and what to do. */
export function problemsOf(
  error: z.ZodError,
  file: string,
  describe: (path: readonly PropertyKey[]) => string | undefined,
): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        file,
        key: pathOf([...issue.path, key]),
        problem: "this key is not known.",
        remedy: "Remove it, or check its spelling.",
      }));
    }
    const what = describe(issue.path);
    return [
      {
        file,
        key: pathOf(issue.path),
        problem: `${sentence(issue.message)}`,
        remedy: what ? `It is: ${what}.` : "Mend it there.",
      },
    ];
  });
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

function sentence(text: string): string {
  const plain = text.trim();
  return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}
