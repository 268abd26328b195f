import type { ExportedOutcome } from "../circle/kinds/contract.ts";
import { KINDS } from "../circle/kinds/kinds.ts";
import type { Translate } from "../language/translate.ts";
import type { Language, ParticipantId } from "../protocol/identity.ts";
import type { Comment, MeetingRecord, MinutesEntry } from "../protocol/meeting-record.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import { isWorthReading } from "../protocol/summary-shown.ts";
import { questionsOf } from "../protocol/record-contents.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";

/** Material of an export, and the words for it. */
export type Exported = {
  readonly meeting: MeetingSnapshot;
  readonly record: MeetingRecord;
  readonly language: Language;
  readonly t: Translate;
  readonly graph: () => MeetingGraph;
};

export function nameIn({ meeting }: Exported, who: ParticipantId): string {
  return meeting.people.find(({ id }) => id === who)?.name ?? who;
}

export function titleOf({ meeting: { scenario, topic } }: Exported): string {
  return topic === "" ? scenario.title : `${scenario.title}: ${topic}`;
}

/** Day and time at which the meeting began, in UTC, and said so: servers do not know people's zones. */
export function beginningOf({ meeting, language }: Exported): string {
  const at = new Date(meeting.startedAt ?? meeting.at);
  return `${new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(at)} UTC`;
}

/** One circle that ran: its speech by turn, its comments, and the results made of them. */
export type ExportedCircle = {
  readonly index: number;
  readonly theme: string;
  readonly turns: readonly {
    readonly id: number;
    readonly speaker: ParticipantId;
    readonly startedAt: number;
    readonly words: string;
  }[];
  readonly comments: readonly Comment[];
  readonly summary: readonly string[];
} & ExportedOutcome;

export function circlesOf(exported: Exported): ExportedCircle[] {
  const { meeting, record, t } = exported;
  const nameOf = (who: ParticipantId) => nameIn(exported, who);
  // Decisions and tasks that were called out stand in lists of their own.
  const said = Map.groupBy(
    record.utterances.filter(({ text }) => text !== ""),
    ({ turn }) => turn,
  );
  return meeting.circles
    .filter(({ status }) => status !== "waiting")
    .map(({ index, theme, ...circle }) => ({
      index,
      theme,
      points: [],
      texts: [],
      ...KINDS[circle.kind].exported?.({ index, theme, ...circle }, { t, nameOf }),
      turns: record.turns
        .filter(({ circle }) => circle === index)
        .flatMap(({ id, speaker, startedAt, endedAt, withheld, unwritten, withoutScribe }) => {
          const words = [
            ...(said.get(id) ?? []).map(({ text }) => text),
            ...(withheld ? [`(${t("turn.withheld")})`] : []),
            ...(withoutScribe ? [`(${t(said.has(id) ? "turn.partly-without-scribe" : "turn.without-scribe")})`] : []),
            ...(unwritten ? [`(${t(said.has(id) ? "turn.partly-unwritten" : "turn.unwritten")})`] : []),
          ].join(" ");
          return words === "" ? [] : [{ id, speaker, startedAt: startedAt ?? endedAt, words }];
        }),
      comments: record.comments.filter(({ circle }) => circle === index),
      summary: summaryIn(record, ({ about }) => about.kind === "circle" && about.circle === index),
    }));
}

/** Summary over the whole meeting of each person who has one. */
export function summariesOfPeople({
  meeting,
  record,
}: Exported): { readonly name: string; readonly sentences: readonly string[] }[] {
  return meeting.people
    .map(({ id, name }) => ({
      name,
      sentences: summaryIn(record, ({ about }) => about.kind === "person" && about.participant === id),
    }))
    .filter(({ sentences }) => sentences.length > 0);
}

/** A decision or question on one line: its words, its author, and whether it is a mere suggestion. */
export function itemLine(
  item: { readonly text: string; readonly status: string; readonly source: { readonly speaker: ParticipantId } },
  exported: Exported,
): { text: string; facts: string } {
  const facts = [
    nameIn(exported, item.source.speaker),
    item.status === "suggested" ? exported.t("export.suggested") : "",
  ].filter(Boolean);
  return { text: item.text, facts: facts.join(" · ") };
}

/** Questions that wait for an answer. */
export function openQuestions({ record }: Exported): ReturnType<typeof questionsOf> {
  return questionsOf(record).filter(({ status }) => status !== "answered");
}

export function summaryOfMeeting({ record }: Exported): string[] {
  return summaryIn(record, ({ about }) => about.kind === "meeting");
}

/**
 * Names the models or rules that made the summaries and suggestions, once, for the end. Empty where nothing was made.
 */
export function provenanceOf({ record: { minutes }, t }: Exported): string {
  const madeBy = minutes.flatMap(({ result, madeBy: by }) =>
    (result.form === "summary" && result.sentences.length > 0) || (result.form === "tasks" && result.tasks.length > 0)
      ? [by]
      : [],
  );
  const models = new Set(madeBy.flatMap(({ method, model }) => (method === "llm" ? [model ?? ""] : [])));
  const methods = new Set(madeBy.map(({ method }) => method));
  const rules = methods.has("highlights") ? [t("made.highlights")] : methods.has("rules") ? [t("made.rules")] : [];
  const spent = minutes.some(({ madeBy: { withoutModel } }) => withoutModel) ? [t("made.tokens-spent")] : [];
  return [...[...models].map((model) => t("made.llm", { model })), ...rules, ...spent].join(" · ");
}

function summaryIn(record: MeetingRecord, fits: (entry: MinutesEntry) => boolean): string[] {
  return record.minutes
    .filter((entry) => fits(entry) && isWorthReading(entry, record))
    .flatMap(({ result }) => (result.form === "summary" ? result.sentences.map(({ text }) => text) : []));
}

/** Milliseconds from the meeting's beginning to an instant; never negative. */
export function offsetIn({ meeting }: Exported, at: number): number {
  return Math.max(0, at - (meeting.startedAt ?? meeting.at));
}
