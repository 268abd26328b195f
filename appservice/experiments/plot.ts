import type { ExperimentReport } from "./report.ts";
import { figureName, figureText, verdictText } from "./report-text.ts";

const [WIDTH, HEIGHT] = [860, 420];
const PLOT = { left: 76, right: WIDTH - 28, top: 92, bottom: HEIGHT - 62 };
const INK = "#1b1d22";
const QUIET = "#5c6370";
const LINE = "#d9dce1";
const BAND = "#9db7e8";
const COURSE = "#2456b3";
/** Letters of 13 px that fit into a line. */
const LETTERS_A_LINE = 100;

/** Draws how the difference of the deciding figure was seen after each pair of meetings, as SVG. */
export function plotOf(report: ExperimentReport): string {
  const { id, between, deciding } = report;
  const { figure, blocks, course } = deciding;
  const first = blocks - course.length + 1;
  const low = Math.min(0, ...course.map((each) => each.low));
  const high = Math.max(0, ...course.map((each) => each.high));
  const span = high - low || 1;
  const x = (pair: number) => PLOT.left + ((pair - 1) / Math.max(1, blocks - 1)) * (PLOT.right - PLOT.left);
  const y = (value: number) => PLOT.bottom - ((value - low + span * 0.05) / (span * 1.1)) * (PLOT.bottom - PLOT.top);
  const points = (of: (each: (typeof course)[number]) => number) =>
    course.map((each, i) => `${x(first + i).toFixed(1)},${y(of(each)).toFixed(1)}`);
  const ticks = ticksBetween(low, high);
  const pairs = [1, ...[0.25, 0.5, 0.75, 1].map((part) => Math.round(part * blocks))].filter((pair) => pair >= 1);
  const parts = [
    text(PLOT.left, 30, `${id}: ${figureName(figure)}`, { size: 17, weight: 600 }),
    ...wrapped(verdictText(report)).map((line, i) => text(PLOT.left, 52 + i * 18, line, { fill: QUIET })),
    ...ticks.map((tick) => line(PLOT.left, y(tick), PLOT.right, y(tick), tick === 0 ? INK : LINE)),
    ...ticks.map((tick) => text(PLOT.left - 8, y(tick) + 4, figureText(figure, tick), { anchor: "end", fill: QUIET })),
    ...[...new Set(pairs)].map((pair) =>
      text(x(pair), PLOT.bottom + 20, String(pair), { anchor: "middle", fill: QUIET }),
    ),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 18, "pairs of meetings", { anchor: "middle", fill: QUIET }),
    ...(course.length > 0
      ? [
          `<polygon points="${[...points(({ high: top }) => top), ...points(({ low: end }) => end).reverse()].join(" ")}" fill="${BAND}" fill-opacity="0.45"/>`,
          `<polyline points="${points(({ estimate }) => estimate).join(" ")}" fill="none" stroke="${COURSE}" stroke-width="2.5" stroke-linejoin="round"/>`,
        ]
      : []),
    text(
      PLOT.right,
      PLOT.top - 8,
      course.length === 0
        ? "too few pairs for a picture"
        : `line: difference; band: where it may be · above 0 “${between[1]}” has more, below “${between[0]}”`,
      {
        anchor: "end",
        fill: QUIET,
        size: 12,
      },
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Inter, system-ui, sans-serif"><rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>${parts.join("")}</svg>\n`;
}

type TextLook = {
  readonly anchor?: "middle" | "end";
  readonly fill?: string;
  readonly size?: number;
  readonly weight?: number;
};

function text(x: number, y: number, of: string, { anchor, fill = INK, size = 13, weight = 400 }: TextLook): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${anchor ? ` text-anchor="${anchor}"` : ""}>${escaped(of)}</text>`;
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return `<line x1="${x1}" y1="${y1.toFixed(1)}" x2="${x2}" y2="${y2.toFixed(1)}" stroke="${stroke}"/>`;
}

function escaped(of: string): string {
  return of.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

function wrapped(sentence: string): string[] {
  const lines = [""];
  for (const word of sentence.split(" ")) {
    const grown = `${lines.at(-1)} ${word}`.trim();
    if (grown.length <= LETTERS_A_LINE) lines[lines.length - 1] = grown;
    else lines.push(word);
  }
  return lines.slice(0, 2);
}

/** Round values over a range, zero among them. */
function ticksBetween(low: number, high: number): number[] {
  const rough = (high - low || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((of) => of * power).find((each) => each >= rough) ?? rough;
  const [from, to] = [Math.ceil(low / step), Math.floor(high / step)];
  return Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step);
}
