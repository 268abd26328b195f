import type { CircleEvent } from "../../circle/event.ts";
import { eventWithoutWordsOf, writersIn } from "../../circle/words-taken-back.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { MinutesEntry } from "../../protocol/meeting-record.ts";
import { entryId } from "../../protocol/minutes-key.ts";
import type { RecordEvent } from "../../record/event.ts";
import type { JournalEntry } from "../entry.ts";

/** Place of a value in an event: keys and indexes, from the outside in. */
export type Path = readonly (string | number)[];

/** People by whose keys words are sealed: by all of these together. */
export type Owners = {
  readonly people: readonly ParticipantId[];
  /** Ids of what was said or typed, on whose speakers the words rest. */
  readonly sources: readonly string[];
  /** The words may rest on those of anybody in the meeting. */
  readonly everybody: boolean;
};

/**
 * Words in an entry that have the same owners. `source`: the id under which others rest on them, or put them otherwise.
 */
export type WordsPart = { readonly owners: Owners; readonly source: string | null; readonly paths: readonly Path[] };

export const ownedBy = (...people: readonly ParticipantId[]): Owners => ({ people, sources: [], everybody: false });
const restingOn = (sources: readonly string[], ...people: readonly ParticipantId[]): Owners => ({
  people,
  sources,
  everybody: false,
});
export const EVERYBODY: Owners = { people: [], sources: [], everybody: true };

/** All words of people in an entry, and whose they are. What is not among them says who did what, and when. */
export function wordsOfEntry({ kind, event }: JournalEntry): readonly WordsPart[] {
  return kind === "circle" ? wordsOfCircle(event) : wordsOfRecord(event);
}

/** In the circle that is what an erasure takes out. */
function wordsOfCircle(event: CircleEvent): readonly WordsPart[] {
  if (event.type === "meeting-started" && event.quotes) return wordsOfQuotes(event, writersIn(event));
  return writersIn(event).flatMap((who) => {
    const paths = differing(event, eventWithoutWordsOf(event, who));
    const source = ("message" in event && event.message) || who;
    return paths.length === 0 ? [] : [{ owners: ownedBy(who), source, paths }];
  });
}

/** In one text there may be words of several, so that all of them are sealed together. */
function wordsOfQuotes(event: CircleEvent, people: readonly ParticipantId[]): readonly WordsPart[] {
  const paths = differing(event, people.reduce(eventWithoutWordsOf, event));
  return paths.length === 0 ? [] : [{ owners: ownedBy(...people), source: people[0] ?? null, paths }];
}

function wordsOfRecord(event: RecordEvent): readonly WordsPart[] {
  switch (event.type) {
    case "utterance-heard": {
      const { id, speaker } = event.utterance;
      const paths = [
        ["utterance", "text"],
        ["utterance", "segments"],
      ];
      return [{ owners: ownedBy(speaker), source: id, paths }];
    }
    case "comment-made":
      return [{ owners: ownedBy(event.comment.who), source: event.comment.id, paths: [["comment", "text"]] }];
    case "comment-edited":
      return [{ owners: restingOn([event.id]), source: null, paths: [["text"]] }];
    case "corrected":
      return [wordsOfCorrection(event)];
    case "minutes-made":
      return wordsOfResult(event.entry);
    case "minutes-failed":
      return [{ owners: EVERYBODY, source: null, paths: [["error"]] }];
    case "graph-drawn":
      return [{ owners: EVERYBODY, source: null, paths: [["drawn", "central"]] }];
    default:
      return [];
  }
}

/** A correction of what was heard of somebody writes down that one's words. */
function wordsOfCorrection({ by, change }: Extract<RecordEvent, { type: "corrected" }>): WordsPart {
  const owners = change.of === "utterance" ? restingOn([change.id]) : restingOn([change.id], by);
  switch (change.of) {
    case "summary":
      return { owners, source: null, paths: change.sentences.map((_, i) => ["change", "sentences", i]) };
    case "task":
      return { owners, source: null, paths: [["change", "title"]] };
    default:
      return { owners, source: null, paths: [["change", "text"]] };
  }
}

function wordsOfResult(entry: MinutesEntry): readonly WordsPart[] {
  const { result } = entry;
  const part = (from: readonly string[], source: string, ...path: Path): WordsPart => ({
    owners: restingOn(from),
    source,
    paths: [["entry", "result", ...path]],
  });
  switch (result.form) {
    case "summary":
      return result.sentences.map(({ from }, i) => part(from, entryId(entry), "sentences", i, "text"));
    case "tasks":
      return result.tasks.map(({ from, id }, i) => part(from, id, "tasks", i, "title"));
    case "decisions":
      return result.decisions.map(({ from, id }, i) => part(from, id, "decisions", i, "text"));
    case "questions":
      return result.questions.map(({ from, id }, i) => part(from, id, "questions", i, "text"));
    case "note": {
      const paths = [
        ["entry", "result", "title"],
        ["entry", "result", "text"],
      ];
      return [{ owners: EVERYBODY, source: null, paths }];
    }
    case "graph":
      return [{ owners: EVERYBODY, source: null, paths: [["entry", "result", "same"]] }];
  }
}

/** Places in which two values of one shape differ. */
export function differing(one: unknown, other: unknown, at: Path = []): Path[] {
  if (Object.is(one, other)) return [];
  if (!isContainer(one) || !isContainer(other)) return [at];
  const keys = Object.keys(one);
  if (keys.join("\n") !== Object.keys(other).join("\n")) return [at];
  return keys.flatMap((key) =>
    differing(valueAt(one, [key]), valueAt(other, [key]), [...at, Array.isArray(one) ? Number(key) : key]),
  );
}

/** Value at a place; undefined where there is none. */
export function valueAt(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value;
  return isContainer(value) ? valueAt((value as Record<string | number, unknown>)[key], rest) : undefined;
}

/** The same value with others at places of it; places that are not there stay so. */
export function withValues<T>(value: T, values: readonly (readonly [Path, unknown])[]): T {
  return values.reduce((whole, [path, put]) => withValue(whole, path, put) as T, value);
}

function withValue(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((each: unknown, i) => (i === key ? withValue(each, rest, put) : each));
  if (!isContainer(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: withValue(valueAt(value, [key]), rest, put) };
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
