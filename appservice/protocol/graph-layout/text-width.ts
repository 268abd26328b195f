import { withoutEnd } from "../without-end.ts";

/**
 * Widths of letters in Inter, in parts of the font's size. Rather too wide than too narrow: nothing may run out of its
 * frame.
 */
const NARROW = /[iljtfrI.,:;!|'’"()[\]/ -]/u;
const WIDE = /[mwMWШЩЖЮФЫМшщжюфымД@%—…]/u;

export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const letter of text)
    width += NARROW.test(letter)
      ? 0.36
      : WIDE.test(letter)
        ? 0.92
        : /\p{Lu}/u.test(letter)
          ? 0.72
          : /[\p{Ll}\p{N}]/u.test(letter)
            ? 0.61
            : 1;
  return width * size;
}

/**
 * Breaks a text into lines that fit; a text that does not fit into so many ends with "…". A word that is too long is
 * cut.
 */
export function inLines(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [""];
  const fits = (line: string) => widthOf(line, size) <= width;
  for (const word of text.replace(/\s+/gu, " ").trim().split(" ")) {
    const last = lines.at(-1) ?? "";
    const longer = last === "" ? word : `${last} ${word}`;
    if (fits(longer)) lines[lines.length - 1] = longer;
    else {
      if (last !== "") lines.push("");
      for (const letter of word) {
        const line = lines.at(-1) ?? "";
        if (fits(line + letter)) lines[lines.length - 1] = line + letter;
        else lines.push(letter);
      }
    }
    if (lines.length > most) break;
  }
  if (lines.length <= most) return lines;
  let end = lines[most - 1] ?? "";
  while (end !== "" && !fits(`${end}…`)) end = end.slice(0, -1);
  return [...lines.slice(0, most - 1), `${withoutEnd(end, /[\s,;:.–—-]/u)}…`];
}
