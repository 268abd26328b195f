import { ringPlaces } from "../../language/ring-places.ts";
import { dateIn, type Translate } from "../../language/translate.ts";
import type { AssemblyRecord, Joined, RingResult } from "../../protocol/assembly-record.ts";
import { inLines } from "../../protocol/graph-layout/text-width.ts";
import { FONT, INK } from "../graph-picture/palette.ts";
import { r, words, xml } from "../graph-picture/svg-text.ts";

export type AssemblyPicture = { readonly svg: string; readonly width: number; readonly height: number };

const WIDTH = 1600;
const MARGIN = 56;
const GAP = 24;
const INK_OF = { ring: "#24406f", delegate: "#b45309", several: "#1f66d0", decision: "#0f6e66", task: "#6d3fc0" };
/** Most cards of one list, beyond which the page is not taken in at a glance. */
const MOST_CARDS = 12;

type Point = { readonly x: number; readonly y: number };
type Drawn = { readonly svg: readonly string[]; readonly bottom: number };

/** Draws the whole assembly on one page: its groups with their people, and below what they came to. Pure. */
export function assemblyPicture(record: AssemblyRecord, t: Translate): AssemblyPicture {
  const { title, topic, startedAt, language, parts } = record;
  const heading = topic || title;
  const groups = (parts.findLast(({ kind }) => kind === "rings") ?? parts.at(-1))?.rings ?? [];
  const rings = ringsGrid(groups, t, 132);
  const several = record.summary.filter(({ rings: of }) => of.length > 1);
  const others = record.summary.filter(({ rings: of }) => of.length === 1);
  const lists: readonly [string, readonly Joined[], string][] = [
    [t("assembly.several"), several, INK_OF.several],
    [t("assembly.came-out"), others, INK.quiet],
    [t("export.decisions"), record.decisions, INK_OF.decision],
    [t("export.tasks"), record.tasks, INK_OF.task],
  ];
  let y = rings.bottom + GAP;
  const cards: string[] = [];
  for (const [name, all, colour] of lists) {
    const list = cardList(name, all, { colour, record, t, top: y });
    cards.push(...list.svg);
    y = list.bottom;
  }
  const height = Math.ceil(y + MARGIN);
  const day = dateIn(language, new Date(startedAt).toISOString().slice(0, 10));
  const people = new Set(parts.flatMap((part) => part.rings.flatMap((ring) => ring.people.map(({ id }) => id))));
  const facts = [topic ? title : "", day, t("assembly.people", { count: people.size })].filter(Boolean).join(" · ");
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT}" lang="${language}" role="img">`,
    `<title>${xml(t("assembly.picture", { title: heading }))}</title>`,
    `<rect width="100%" height="100%" fill="${INK.ground}"/>`,
    words(inLines(heading, WIDTH - 2 * MARGIN, 32, 1), MARGIN, 66, { size: 32, weight: 700, line: 38 }),
    words([facts], MARGIN, 96, { size: 16, fill: INK.quiet, line: 20 }),
    ...rings.svg,
    ...cards,
    "</svg>",
    "",
  ].join("\n");
  return { svg, width: WIDTH, height };
}

/** Groups side by side, each a ring of its people; the more there are, the smaller. */
function ringsGrid(rings: readonly RingResult[], t: Translate, top: number): Drawn {
  const columns = Math.max(1, Math.min(rings.length, rings.length <= 10 ? 5 : 8));
  const cell = (WIDTH - 2 * MARGIN) / columns;
  const radius = Math.min(92, cell * 0.3);
  const row = radius * 2 + 98;
  const svg: string[] = [];
  for (const [index, ring] of rings.entries()) {
    const x = MARGIN + cell * ((index % columns) + 0.5);
    const y = top + row * Math.floor(index / columns) + radius + 10;
    svg.push(ringDisc(ring, { x, y }, radius), ringCaption(ring, { x, y: y + radius + 34 }, cell - 16, t));
  }
  return { svg, bottom: top + row * Math.ceil(rings.length / columns) };
}

function ringDisc({ ring, people, delegate }: RingResult, { x, y }: Point, radius: number): string {
  const seat = Math.min(17, (Math.PI * radius) / Math.max(4, people.length) - 3);
  const seats = people.map(({ name }, index) => {
    const angle = (2 * Math.PI * index) / people.length - Math.PI / 2;
    const at = { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
    const fill = name === delegate ? INK_OF.delegate : INK_OF.ring;
    const letter = [...name][0]?.toLocaleUpperCase() ?? "";
    return [
      `<circle cx="${r(at.x)}" cy="${r(at.y)}" r="${r(seat)}" fill="${fill}" stroke="${INK.ground}" stroke-width="3"/>`,
      words([letter], at.x, at.y + seat * 0.33, {
        size: seat * 0.9,
        weight: 600,
        fill: "#ffffff",
        line: 14,
        middle: true,
      }),
    ].join("");
  });
  return [
    `<g data-ring="${ring}"><circle cx="${r(x)}" cy="${r(y)}" r="${r(radius)}" fill="${INK.paper}" stroke="${INK.ring}" stroke-width="10"/>`,
    words([String(ring)], x, y + radius * 0.16, {
      size: radius * 0.46,
      weight: 700,
      fill: INK_OF.ring,
      line: 30,
      middle: true,
    }),
    ...seats,
    "</g>",
  ].join("");
}

function ringCaption({ theme, people, delegate }: RingResult, { x, y }: Point, width: number, t: Translate): string {
  const names = theme ?? people.map(({ name }) => name).join(", ");
  const below = delegate === null ? [] : [t("assembly.sends", { name: delegate })];
  const lines = inLines(names, width, 13, 2);
  return [
    words(lines, x, y, { size: 13, line: 16, middle: true }),
    words(inLines(below.join(""), width, 12, 1), x, y + lines.length * 16, {
      size: 12,
      line: 15,
      fill: INK_OF.delegate,
      middle: true,
    }),
  ].join("");
}

type ListLook = {
  readonly colour: string;
  readonly record: AssemblyRecord;
  readonly t: Translate;
  readonly top: number;
};

/** Cards in two columns under their heading; where there are too many, the rest is counted. */
function cardList(name: string, all: readonly Joined[], { colour, record, t, top }: ListLook): Drawn {
  if (all.length === 0) return { svg: [], bottom: top };
  const width = (WIDTH - 2 * MARGIN - GAP) / 2;
  const count = all.length > MOST_CARDS ? ` (${MOST_CARDS} / ${all.length})` : "";
  const svg = [
    words([name.toLocaleUpperCase() + count], MARGIN, top + 22, {
      size: 13,
      weight: 600,
      fill: colour,
      line: 16,
      spaced: true,
    }),
  ];
  const bottoms = [top + 36, top + 36];
  for (const item of all.slice(0, MOST_CARDS)) {
    const column = (bottoms[0] ?? 0) <= (bottoms[1] ?? 0) ? 0 : 1;
    const [x, y] = [MARGIN + column * (width + GAP), bottoms[column] ?? top];
    const lines = inLines(item.text, width - 40, 15, 4);
    const whose = [item.rings.length > 1 ? null : item.speaker, ringPlaces(item.rings, record.parts, t)]
      .filter(Boolean)
      .join(" · ");
    const height = 46 + lines.length * 20;
    svg.push(
      `<g><title>${xml(item.text)}</title><rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${height}" rx="9" fill="${INK.paper}" stroke="${INK.line}" stroke-width="1.2"/>`,
      `<rect x="${r(x)}" y="${r(y + 8)}" width="4" height="${height - 16}" rx="2" fill="${colour}"/>`,
      words(inLines(whose, width - 40, 12, 1), x + 18, y + 20, { size: 12, weight: 600, fill: colour, line: 14 }),
      words(lines, x + 18, y + 42, { size: 15, line: 20 }),
      "</g>",
    );
    bottoms[column] = y + height + 12;
  }
  return { svg, bottom: Math.max(...bottoms) + 12 };
}
