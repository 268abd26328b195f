import { plain } from "../escape-commonmark.ts";
import type { Block, DocumentItem } from "./document.ts";

/**
 * Document for reading. Each sentence has links to the turns that it rests on, by anchors that CommonMark lets through.
 */
export function asCommonMark(blocks: readonly Block[]): string {
  return blocks.map((block) => `${lines(block).join("\n")}\n`).join("\n");
}

function lines(block: Block): string[] {
  if ("heading" in block) {
    const anchor = block.anchor === undefined ? "" : `<a id="${block.anchor}"></a>`;
    return [`${"#".repeat(block.level)} ${anchor}${plain(block.heading)}`];
  }
  if ("items" in block) return block.items.map(item);
  if ("said" in block) {
    const { anchor, name, note, said } = block;
    return [`<a id="${anchor}"></a>**${plain(name)}** (${plain(note)}): ${plain(said)}`];
  }
  return [plain(block.facts)];
}

function item({ text, facts, grounds }: DocumentItem): string {
  const links = grounds.map((anchor) => ` [↗](#${anchor})`).join("");
  return `- ${plain(text)}${facts.length > 0 ? ` (${plain(facts.join(" · "))})` : ""}${links}`;
}
