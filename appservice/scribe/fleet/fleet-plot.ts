/** Figures of a fleet at a moment. Seconds of speech in a second; `waiting` in seconds. */
export type FleetSample = {
  readonly at: number;
  readonly arriving: number;
  readonly decodes: number;
  readonly waiting: number;
  readonly workers: number;
};

const [WIDTH, LEFT, RIGHT, PANEL, GAP, TOP] = [960, 64, 16, 120, 44, 40] as const;
const COLOURS = { arriving: "#b4432f", decodes: "#2f6f4f", waiting: "#7a5aa6", workers: "#2b5f9e" } as const;

type Series = { readonly name: keyof typeof COLOURS; readonly words: string; readonly steps?: boolean };
type PlotPanel = { readonly title: string; readonly series: readonly Series[] };

const PANELS: readonly PlotPanel[] = [
  {
    title: "seconds of speech in a second",
    series: [
      { name: "decodes", words: "can be decoded", steps: true },
      { name: "arriving", words: "arrive" },
    ],
  },
  { title: "seconds of speech that wait or are being decoded", series: [{ name: "waiting", words: "wait" }] },
  { title: "workers", series: [{ name: "workers", words: "take speech", steps: true }] },
];

/** Draws what arrived, what could be decoded, what waited, and how many workers there were. */
export function fleetPlot(samples: readonly FleetSample[]): string {
  const height = TOP + PANELS.length * (PANEL + GAP);
  const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 1];
  const x = (at: number) => LEFT + ((at - first) / Math.max(last - first, 1)) * (WIDTH - LEFT - RIGHT);
  const panels = PANELS.map((panel, row) => drawn(panel, samples, TOP + row * (PANEL + GAP), x));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="Inter, sans-serif" font-size="12" role="img">`,
    "<title>What a fleet of speech workers did</title>",
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...panels,
    ...timeMarks(first, last).map(
      ({ at, words }) =>
        `<text x="${x(at).toFixed(1)}" y="${height - 12}" text-anchor="middle" fill="#555">${words}</text>`,
    ),
    "</svg>",
  ].join("\n");
}

function drawn({ title, series }: PlotPanel, samples: readonly FleetSample[], top: number, x: (at: number) => number) {
  const most = niceAbove(Math.max(0, ...series.flatMap(({ name }) => samples.map((sample) => sample[name]))));
  const y = (value: number) => top + PANEL - (value / most) * PANEL;
  const grid = [0, most / 2, most].map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>` +
      `<text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end" fill="#555">${Number(value.toFixed(1))}</text>`,
  );
  const legend = series
    .map(({ name, words }) => `<tspan fill="${COLOURS[name]}" dx="12" font-weight="600">${words}</tspan>`)
    .join("");
  const lines = series.map(({ name, steps }) => {
    const points = samples.map((sample) => `${x(sample.at).toFixed(1)} ${y(sample[name]).toFixed(1)}`);
    const path = steps ? stepped(samples, name, x, y) : `M${points.join("L")}`;
    return points.length === 0 ? "" : `<path d="${path}" fill="none" stroke="${COLOURS[name]}" stroke-width="2"/>`;
  });
  return `<text x="${LEFT}" y="${top - 10}" fill="#222">${title}${legend}</text>${grid.join("")}${lines.join("")}`;
}

function stepped(
  samples: readonly FleetSample[],
  name: keyof typeof COLOURS,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const [first, ...others] = samples;
  if (!first) return "";
  const moves = others.map((sample) => `H${x(sample.at).toFixed(1)}V${y(sample[name]).toFixed(1)}`);
  return `M${x(first.at).toFixed(1)} ${y(first[name]).toFixed(1)}${moves.join("")}`;
}

/** The next of 1, 2, 5, 10, 20 … that is not below. */
function niceAbove(value: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * size).find((step) => step >= value) ?? 1;
}

const STEPS_S = [5, 10, 30, 60, 300, 600, 1_800, 3_600, 7_200, 14_400];

/** Times since the beginning, some eight over the width. */
function timeMarks(first: number, last: number): { at: number; words: string }[] {
  const seconds = (last - first) / 1_000;
  const step = STEPS_S.find((each) => seconds / each <= 9) ?? 28_800;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, count) => {
    const after = count * step;
    const words = after < 120 || step < 60 ? `${after} s` : `${Math.round(after / 60)} min`;
    return { at: first + after * 1_000, words };
  });
}
