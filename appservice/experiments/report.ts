import { startOf } from "../circle/meeting.ts";
import type { SetName } from "../protocol/chosen-set.ts";
import { digestOf } from "./choose-set.ts";
import { compare, type Comparison, type Figure, type TriedMeeting } from "./compare.ts";
import type { MeetingKept } from "./kept-meetings.ts";
import { type Experiment, ExperimentOutcome } from "./options.ts";
import { outcomesOf } from "./outcomes.ts";
import { unequalChances } from "./statistics/sample-ratio.ts";
import { type ExperimentVerdict, verdictOn } from "./verdict.ts";

/** Numbers of meetings with the first set and with the second. */
export type OfBoth = readonly [number, number];

export type ExperimentReport = {
  readonly id: string;
  readonly about: string | null;
  readonly between: readonly [SetName, SetName];
  readonly assigned: OfBoth;
  /** Meetings of which people saw a result. */
  readonly shown: OfBoth;
  /** Shown meetings that have been over for so long that all of them is counted. */
  readonly counted: OfBoth;
  /** Meetings of the same name under other sets or conditions, before the experiment was changed. */
  readonly before: number;
  /** Weight of evidence that one of the sets is shown less often than the other; see `unequalChances`. */
  readonly unequal: number;
  readonly deciding: Comparison;
  /** The other figures, which should not get worse meanwhile. */
  readonly others: readonly Comparison[];
  readonly verdict: ExperimentVerdict;
};

const FIGURES: readonly Figure[] = [...ExperimentOutcome.options, "evenness"];

/** Report of an experiment over all meetings that are kept. */
export function reportOn(experiment: Experiment, meetings: readonly MeetingKept[], now: number): ExperimentReport {
  const digest = digestOf(experiment);
  const named = meetings.flatMap((kept) => {
    const { chosen, shownAt } = kept.record.served ?? {};
    return chosen?.trial?.experiment === experiment.id ? [{ kept, trial: chosen.trial, shownAt }] : [];
  });
  const own = named.filter(({ trial }) => trial.digest === digest);
  const shown = own.filter(({ shownAt }) => typeof shownAt === "number");
  const tried = shown.flatMap(({ kept, trial }): TriedMeeting[] => {
    const outcomes = outcomesOf(kept, now);
    const { meeting } = kept;
    return outcomes ? [{ room: meeting.roomId, trial, startedAt: startOf(meeting)?.startedAt ?? 0, outcomes }] : [];
  });
  const of = (all: readonly { readonly trial: { readonly arm: 0 | 1 } }[]): OfBoth => [
    all.filter(({ trial }) => trial.arm === 0).length,
    all.filter(({ trial }) => trial.arm === 1).length,
  ];
  const [deciding, ...others] = [experiment.outcome, ...FIGURES.filter((figure) => figure !== experiment.outcome)].map(
    (figure) => compare(figure, tried),
  );
  const unequal = unequalChances(...of(shown));
  return {
    id: experiment.id,
    about: experiment.about ?? null,
    between: experiment.between,
    assigned: of(own),
    shown: of(shown),
    counted: of(tried),
    before: named.length - own.length,
    unequal,
    deciding: deciding!,
    others,
    verdict: verdictOn({ unequal, deciding: deciding!, others }),
  };
}
