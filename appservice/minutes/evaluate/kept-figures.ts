import { endOf, type Meeting } from "../../circle/meeting.ts";
import { changesWords } from "../../protocol/changes-words.ts";
import type { CorrectionMade } from "../../protocol/correction.ts";
import { textsOf } from "../../protocol/texts-of.ts";
import type { RecordState } from "../../record/state.ts";
import { spokenText } from "../text/sentences.ts";
import { words } from "../text/words.ts";
import { type Figure95, rangedFigures } from "./figures.ts";

/** Figures of kept meetings by what people made of their minutes, over all and by language. */
export type KeptEvaluation = {
  readonly meetings: number;
  readonly figures: Readonly<Record<string, Figure95>>;
  readonly languages: Readonly<Record<string, { meetings: number; figures: Readonly<Record<string, Figure95>> }>>;
};

type Kept = {
  readonly meeting: Meeting;
  readonly record: Pick<RecordState, "minutes" | "corrections" | "utterances">;
};

const KINDS = ["task", "decision", "question"] as const;
type Kind = (typeof KINDS)[number];
type Judged = Readonly<
  Record<Kind, { readonly confirmed: number; readonly dropped: number; readonly waiting: number }>
>;

/** Counts of one meeting. */
type KeptCounts = {
  readonly language: string;
  readonly judged: Judged;
  /** Rewordings by people, and the words they could have reworded. */
  readonly edits: Readonly<Record<"minutes" | "transcript", { readonly made: number; readonly words: number }>>;
};

/** Measures meetings that are over by what people did with their minutes; nobody has to judge anything for it. */
export function keptEvaluation(kept: readonly Kept[]): KeptEvaluation {
  const counts = kept.filter(({ meeting }) => endOf(meeting) !== null).map(countsOf);
  return {
    meetings: counts.length,
    figures: rangedFigures(counts, FIGURES),
    languages: Object.fromEntries(
      [...Map.groupBy(counts, ({ language }) => language)].map(([language, own]) => [
        language,
        { meetings: own.length, figures: rangedFigures(own, FIGURES) },
      ]),
    ),
  };
}

type Of = (all: readonly KeptCounts[]) => number | null;

const FIGURES: Readonly<Record<string, Of>> = {
  ...Object.fromEntries(
    KINDS.flatMap((kind) =>
      (["confirmed", "dropped", "waiting"] as const).map((fate): [string, Of] => [
        `${kind}s.${fate}`,
        (all) => {
          const judged = all.map((each) => each.judged[kind]);
          const suggested = judged.reduce((sum, each) => sum + each.confirmed + each.dropped + each.waiting, 0);
          return suggested === 0 ? null : judged.reduce((sum, each) => sum + each[fate], 0) / suggested;
        },
      ]),
    ),
  ),
  "edits.minutes": editsIn("minutes"),
  "edits.transcript": editsIn("transcript"),
  lengthRatio: (all) => {
    const [made, said] = [wordsOf(all, "minutes"), wordsOf(all, "transcript")];
    return said === 0 ? null : made / said;
  },
};

/** Rewordings for each word. */
function editsIn(of: "minutes" | "transcript"): Of {
  return (all) => {
    const among = wordsOf(all, of);
    return among === 0 ? null : all.reduce((sum, { edits }) => sum + edits[of].made, 0) / among;
  };
}

function wordsOf(all: readonly KeptCounts[], of: "minutes" | "transcript"): number {
  return all.reduce((sum, { edits }) => sum + edits[of].words, 0);
}

function countsOf({ meeting, record }: Kept): KeptCounts {
  const reworded = record.corrections.filter(changesWords);
  const inTranscript = reworded.filter(({ of }) => of === "utterance").length;
  const made = record.minutes.flatMap(({ result }) => textsOf(result)).join(" ");
  const said = record.utterances.map(spokenText).join(" ");
  return {
    language: meeting.language,
    judged: {
      task: judgedOf("task", record),
      decision: judgedOf("decision", record),
      question: judgedOf("question", record),
    },
    edits: {
      minutes: { made: reworded.length - inTranscript, words: words(made).length },
      transcript: { made: inTranscript, words: words(said).length },
    },
  };
}

/**
 * Fate of the suggestions of a kind. One that nobody said anything of waits; what was called out aloud was never a
 * suggestion.
 */
function judgedOf(kind: Kind, { minutes, corrections }: Kept["record"]): Judged[Kind] {
  const last = new Map<string, string>();
  for (const made of corrections) if (isOf(kind, made)) last.set(made.id, made.after.status);
  const verdicts = [...last.values()];
  const waiting = minutes
    .flatMap(({ result }) => [
      ...(kind === "task" && result.form === "tasks" ? result.tasks : []),
      ...(kind === "decision" && result.form === "decisions" ? result.decisions : []),
      ...(kind === "question" && result.form === "questions" ? result.questions : []),
    ])
    .filter(({ status }) => status === "suggested").length;
  return {
    confirmed: verdicts.filter((status) => status !== "dropped" && status !== "suggested").length,
    dropped: verdicts.filter((status) => status === "dropped").length,
    waiting,
  };
}

function isOf(kind: Kind, made: CorrectionMade): made is Extract<CorrectionMade, { of: Kind }> {
  return made.of === kind;
}
