import { escapeHtml } from "../../language/escape-html.ts";
import { INK } from "./palette.ts";

type Look = {
  size: number;
  line: number;
  weight?: number;
  fill?: string;
  middle?: boolean;
  halo?: boolean;
  spaced?: boolean;
};

/** Draws lines of text, one below the other. */
export function words(
  lines: readonly string[],
  x: number,
  y: number,
  { size, line: leading, weight = 400, fill = INK.text, middle = false, halo = false, spaced = false }: Look,
): string {
  const look = `font-size="${r(size)}" font-weight="${weight}" fill="${fill}"${middle ? ` text-anchor="middle"` : ""}${spaced ? ` letter-spacing="0.8"` : ""}`;
  const spans = lines.map((text, at) => `<tspan x="${r(x)}" y="${r(y + at * leading)}">${xml(text)}</tspan>`).join("");
  // The halo keeps names and headings readable before lines.
  const behind = halo
    ? `<text ${look} stroke="${INK.ground}" stroke-width="4" stroke-linejoin="round">${spans}</text>`
    : "";
  return `${behind}<text ${look}>${spans}</text>`;
}

/** Escapes a text for XML 1.0, which has no room for control characters, even escaped. */
export function xml(text: string): string {
  return escapeHtml(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}

/** Rounds to a tenth: finer is not seen. */
export function r(number: number): number {
  return Math.round(number * 10) / 10;
}
