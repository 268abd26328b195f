import type { About, MeetingRecord, Utterance } from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { within } from "../protocol/minutes-key.ts";
import type { Due, Failure } from "./due.ts";
import type { ChangedRecord } from "./outdated.ts";
import type { RunInput } from "./plugin.ts";
import type { PluginSet } from "./plugin-set.ts";
import type { ByRule } from "./rules.ts";
import { languageOf } from "./text/language.ts";

export type Work = {
  readonly meeting: MeetingSnapshot;
  readonly record: MeetingRecord & Partial<ChangedRecord>;
  readonly failures: readonly Failure[];
};

type Surroundings = {
  readonly set: PluginSet;
  readonly signal: AbortSignal;
  readonly now: number;
  readonly log: { warn(detail: Record<string, unknown>, message: string): void };
  readonly memory: Map<string, unknown>;
  readonly byRule: ByRule;
};

/** Makes a plugin's input from those parts of the record that lie within its result's subject. */
export function runInput(
  { plugin, about }: Due,
  { meeting, record }: Work,
  { set, signal, now, log, memory, byRule }: Surroundings,
): RunInput {
  const utterances = record.utterances.filter((utterance) => within(subjectOf(utterance), about));
  const needs = (what: "transcript" | "comments") => plugin.needs?.includes(what) ?? true;
  return {
    about,
    meeting,
    signal,
    now,
    memory,
    byRule,
    utterances: needs("transcript") ? utterances : [],
    people: meeting.people.map(({ id, name }) => ({ id, name })),
    comments: !needs("comments")
      ? []
      : record.comments.filter(({ circle, turn, who }) =>
          within({ kind: "turn", circle, turn: turn ?? 0, participant: who }, about),
        ),
    results: record.minutes.filter((entry) => plugin.reads.includes(entry.madeBy.plugin) && within(entry.about, about)),
    llm: set.llmOf(plugin.id),
    embeddings: set.embeddings ?? null,
    template: set.template ?? null,
    options: set.plugins.find((each) => each.plugin.id === plugin.id)?.options ?? {},
    language: languageOf(utterances, meeting.language),
    warn: (message, detail) => log.warn({ meeting: meeting.id, plugin: plugin.id, about, ...detail }, message),
  };
}

function subjectOf(utterance: Utterance): About {
  return { kind: "turn", circle: utterance.circle, turn: utterance.turn, participant: utterance.speaker };
}

/** Rejects once aborted: a plugin that does not look at its signal must not hold up the meeting either. */
export function orAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  running.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  return promise;
}
