import type { EvaluatedMeeting } from "./evaluated-meeting.ts";
import type { ClaimCounts, ClaimsCounts } from "./claims.ts";
import { type FoundCounts, foundFigures } from "./found-scores.ts";
import { numbersFrom } from "./numbers-from.ts";
import { taskFigures } from "./scores.ts";

/** A figure over some meetings, and the middle 95 % of what it is over meetings drawn from them again and again. */
export type Figure95 = { readonly value: number; readonly low: number; readonly high: number };

type Meetings = readonly EvaluatedMeeting[];
type Of = (meetings: Meetings) => number | null;

/** Figures by name, each a share, or a number of words made for each word said. */
const FIGURES: Readonly<Record<string, Of>> = {
  ...rouges("summary", ({ rouge }) => rouge),
  ...rouges("lead", ({ lead }) => lead),
  ...rouges("random", ({ random }) => random),
  resting: (all) =>
    share(
      sum(all, ({ resting }) => resting),
      sum(all, ({ sentences }) => sentences),
    ),
  lengthRatio: (all) =>
    share(
      sum(all, ({ wordsMade }) => wordsMade),
      sum(all, ({ wordsSaid }) => wordsSaid),
    ),
  ...Object.fromEntries(
    (["precision", "recall", "f1", "owner", "due", "title", "usable"] as const).map((of): [string, Of] => [
      `tasks.${of}`,
      (all) => taskFigures(all.flatMap(({ tasks }) => tasks ?? []))[of],
    ]),
  ),
  ...founds("decisions", ({ decisions }) => decisions),
  ...founds("questions", ({ questions }) => questions),
  ...founds("relations", ({ relations }) => relations),
  "growing.takenBack": (all) =>
    share(
      sum(all, ({ growing }) => growing.takenBack),
      sum(all, ({ growing }) => growing.shown),
    ),
  "claims.true": (all) => claimShare(all, ({ true: of }) => of),
  "claims.false": (all) => claimShare(all, ({ false: of }) => of),
};

const DRAWS = 1_000;

/** Works out all figures that these meetings have references for. */
export function figuresOf(meetings: Meetings): Record<string, Figure95> {
  return rangedFigures(meetings, FIGURES);
}

/** Works out figures over some meetings, each with its range; those that are null are left out. */
export function rangedFigures<Meeting>(
  meetings: readonly Meeting[],
  figures: Readonly<Record<string, (meetings: readonly Meeting[]) => number | null>>,
): Record<string, Figure95> {
  const draw = numbersFrom(1);
  const samples = Array.from({ length: DRAWS }, () =>
    meetings.map(() => meetings[Math.floor(draw() * meetings.length)]!),
  );
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, of]): [string, Figure95][] => {
      const value = of(meetings);
      if (value === null) return [];
      const drawn = samples
        .map(of)
        .filter((each) => each !== null)
        .sort((a, b) => a - b);
      const at = (part: number) => drawn[Math.floor(part * (drawn.length - 1))] ?? value;
      return [[name, { value, low: at(0.025), high: at(0.975) }]];
    }),
  );
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Share of the claims that pass the check. */
function claimShare(all: Meetings, of: (counts: ClaimsCounts) => ClaimCounts): number | null {
  const counts = all.flatMap(({ claims }) => (claims ? [of(claims)] : []));
  return share(
    sum(counts, ({ passed }) => passed),
    sum(counts, ({ all: claims }) => claims),
  );
}

function rouges(name: string, of: (one: EvaluatedMeeting) => EvaluatedMeeting["rouge"]): Record<string, Of> {
  return Object.fromEntries(
    (["rouge1", "rouge2", "rougeL"] as const).map((kind) => [
      `${name}.${kind}`,
      (all) => {
        const measured = all.flatMap((each) => of(each) ?? []);
        return share(
          measured.reduce((total, each) => total + each[kind], 0),
          measured.length,
        );
      },
    ]),
  );
}

function founds(name: string, of: (one: EvaluatedMeeting) => FoundCounts | null): Record<string, Of> {
  return Object.fromEntries(
    (["precision", "recall", "f1"] as const).map((kind) => [
      `${name}.${kind}`,
      (all) => foundFigures(all.flatMap((each) => of(each) ?? []))[kind],
    ]),
  );
}
