import type { About, MinutesEntry } from "../../protocol/meeting-record.ts";
import { textsOf } from "../../protocol/texts-of.ts";
import { createMinutes } from "../minutes.ts";
import type { MinutesOptions } from "../options.ts";
import { buildGraph } from "../graph/build.ts";
import { spokenText } from "../text/sentences.ts";
import { words } from "../text/words.ts";
import { openLlmIn } from "../llm/llm.ts";
import { timeLimit } from "../../time/time.ts";
import { enablePlugins, loadPlugins } from "../registry.ts";
import { takenBack } from "./taken-back.ts";
import { claimCounts } from "./claims.ts";
import { baselines } from "./baselines.ts";
import type { EvaluatedMeeting } from "./evaluated-meeting.ts";
import { type Figure95, figuresOf } from "./figures.ts";
import { relationCounts, textCounts } from "./found-scores.ts";
import { grounding, rouge, type Rouge, taskCounts, taskFigures } from "./scores.ts";
import type { WrittenMeeting } from "./written-meeting.ts";

export type MinutesEvaluation = {
  readonly meetings: readonly EvaluatedMeeting[];
  readonly rouge: Rouge | null;
  /** Share of the sentences of all summaries that rest on the utterances they name. */
  readonly resting: number | null;
  readonly tasks: ReturnType<typeof taskFigures>;
  readonly figures: Readonly<Record<string, Figure95>>;
  /** The same figures over the meetings of each language. */
  readonly languages: Readonly<Record<string, Readonly<Record<string, Figure95>>>>;
};

type Deps = {
  readonly options: MinutesOptions;
  readonly folder: string;
  readonly log: Parameters<typeof createMinutes>[1]["log"];
};

/** Makes the minutes of each meeting as the service would, and compares them with those that a reader wrote. */
export async function evaluate(written: readonly WrittenMeeting[], parts: Deps): Promise<MinutesEvaluation> {
  const meetings: EvaluatedMeeting[] = [];
  for (const each of written) meetings.push(await evaluated(each, parts));
  const rouges = meetings.flatMap(({ rouge }) => rouge ?? []);
  const mean = (of: keyof Rouge) => rouges.reduce((sum, each) => sum + each[of], 0) / rouges.length;
  const sentences = meetings.reduce((sum, each) => sum + each.sentences, 0);
  return {
    meetings,
    rouge: rouges.length > 0 ? { rouge1: mean("rouge1"), rouge2: mean("rouge2"), rougeL: mean("rougeL") } : null,
    resting: sentences > 0 ? meetings.reduce((sum, each) => sum + each.resting, 0) / sentences : null,
    tasks: taskFigures(meetings.flatMap(({ tasks }) => tasks ?? [])),
    figures: figuresOf(meetings),
    languages: Object.fromEntries(
      [...Map.groupBy(meetings, ({ language }) => language)].map(([language, own]) => [language, figuresOf(own)]),
    ),
  };
}

async function evaluated(
  { name, meeting, record, tasks, summary, matters, lines, claims }: WrittenMeeting,
  { options, folder, log }: Deps,
): Promise<EvaluatedMeeting> {
  const made: MinutesEntry[] = [];
  const failed: string[] = [];
  const onFailed = (_: string, plugin: string, __: About, error: Error) =>
    void failed.push(`${plugin}: ${error.message}`);
  const minutes = await createMinutes(options, {
    folder,
    log,
    now: () => meeting.at,
    onMade: (_, entry) => void made.push(entry),
    onFailed,
  });
  try {
    minutes.project(meeting, record, []);
    await minutes.idle();
  } finally {
    await minutes.close();
  }
  const ofMeeting = made.filter(({ about }) => about.kind === "meeting");
  const text = ofMeeting
    .flatMap(({ result }) => (result.form === "summary" ? result.sentences.map((sentence) => sentence.text) : []))
    .join(" ");
  const found = ofMeeting.flatMap(({ result }) => (result.form === "tasks" ? result.tasks : []));
  const decisions = ofMeeting.flatMap(({ result }) => (result.form === "decisions" ? result.decisions : []));
  const open = ofMeeting
    .flatMap(({ result }) => (result.form === "questions" ? result.questions : []))
    .filter(({ status }) => status === "open" || status === "suggested");
  const llm = options.llm && openLlmIn(folder, options.llm);
  const plain = summary === null ? null : baselines(record.utterances, summary, words(text).length);
  return {
    name,
    failed,
    lead: plain?.lead ?? null,
    random: plain?.random ?? null,
    decisions:
      matters &&
      textCounts(
        decisions.map((one) => one.text),
        matters.decisions,
      ),
    questions:
      matters &&
      textCounts(
        open.map((one) => one.text),
        matters.questions.filter(({ answered }) => !answered).map((one) => one.text),
      ),
    relations: matters && relationCounts(buildGraph(meeting, { ...record, minutes: made }), matters, lines),
    claims:
      claims &&
      (await claimCounts(
        claims,
        { record, people: meeting.people, lines },
        llm && {
          llm,
          input: {
            language: meeting.language,
            people: meeting.people,
            signal: timeLimit(options.timeLimitSeconds * 1000),
            warn: (message, detail) => log.warn({ meeting: name, ...detail }, message),
          },
        },
      )),
    growing: await takenBack(
      meeting,
      record,
      { plugins: enablePlugins(await loadPlugins(), options.plugins).enabled, llmOf: () => llm, embeddings: null },
      { signal: timeLimit(options.timeLimitSeconds * 1000), log },
    ),
    wordsSaid: words(record.utterances.map(spokenText).join(" ")).length,
    wordsMade: words(made.flatMap(({ result }) => textsOf(result)).join(" ")).length,
    language: meeting.language,
    methods: [...new Set(ofMeeting.map(({ madeBy: { method, model } }) => model ?? method))],
    rouge: summary === null ? null : rouge(text, summary),
    tasks: tasks && taskCounts(found, tasks, meeting.people),
    ...grounding(made, record.utterances, meeting.people),
  };
}
