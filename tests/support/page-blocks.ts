import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Block = { readonly language: string; readonly text: string };

/** The fenced blocks of a page, as a reader copies them: without the indent of the list they stand in. */
export function blocksOf(page: string): Block[] {
  const lines = readFileSync(resolve(import.meta.dirname, "../..", page), "utf8").split("\n");
  const blocks: Block[] = [];
  let open: { indent: number; language: string; lines: string[] } | null = null;
  for (const line of lines) {
    const fence = /^( *)```(.*)$/.exec(line);
    if (fence && open) {
      blocks.push({ language: open.language, text: open.lines.join("\n") });
      open = null;
    } else if (fence) {
      open = { indent: fence[1]?.length ?? 0, language: fence[2]?.trim() ?? "", lines: [] };
    } else {
      open?.lines.push(line.slice(open.indent));
    }
  }
  return blocks;
}

/** The one block of its language. */
export function blockIn(page: string, language: string): string {
  const [block, ...others] = blocksOf(page).filter((each) => each.language === language);
  if (!block || others.length > 0)
    throw new Error(`${page} has ${others.length + (block ? 1 : 0)} blocks of ${language}, not one`);
  return block.text;
}
