import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A page written by hand, `file` from the project's root, in which the part of this name is made from the code. */
export function withPart(file: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: made by npm run generate -->`, `<!-- /${name} -->`];
  const page = readFileSync(resolve(import.meta.dirname, "..", file), "utf8");
  const [before, rest] = page.split(`${begin}\n`);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} has no place for its ${name}: ${begin} … ${end}`);
  return `${before}${begin}\n${content}\n${end}${after}`;
}
