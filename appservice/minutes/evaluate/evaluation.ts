import type { About, MinutesEntry } from "../../protocol/meeting-record.ts";
import { createMinutes } from "../minutes.ts";
import type { MinutesOptions } from "../options.ts";
import { grounding, rouge, type Rouge, taskCounts, type TaskCounts, taskFigures } from "./scores.ts";
import type { WrittenMeeting } from "./written-meeting.ts";

export type EvaluatedMeeting = {
  readonly name: string;
  readonly language: string;
  /** Makers of the meeting's summary and its tasks: highlights, rules, or a model. */
  readonly methods: readonly string[];
  /** Null where there is no reference. */
  readonly rouge: Rouge | null;
  readonly tasks: TaskCounts | null;
  readonly sentences: number;
  readonly resting: number;
  readonly failed: readonly string[];
};

export type MinutesEvaluation = {
  readonly meetings: readonly EvaluatedMeeting[];
  readonly rouge: Rouge | null;
  /** Share of the sentences of all summaries that rest on the utterances they name. */
  readonly resting: number | null;
  readonly tasks: ReturnType<typeof taskFigures>;
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
  };
}

async function evaluated(
  { name, meeting, record, tasks, summary }: WrittenMeeting,
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
  return {
    name,
    failed,
    language: meeting.language,
    methods: [...new Set(ofMeeting.map(({ madeBy: { method, model } }) => model ?? method))],
    rouge: summary === null ? null : rouge(text, summary),
    tasks: tasks && taskCounts(found, tasks, meeting.people),
    ...grounding(made, record.utterances, meeting.people),
  };
}
