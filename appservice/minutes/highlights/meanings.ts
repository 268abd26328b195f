import type { Utterance } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import { type Embeddings, likeness } from "../embeddings/embeddings.ts";
import { levelled } from "../graph/same.ts";
import { sentencesOf } from "../text/sentences.ts";
import { subjectOf } from "./subject.ts";

/** Places of sentences in the space of meanings, by their text, and of what each circle is about. */
export type Meanings = {
  readonly of: ReadonlyMap<string, Float32Array>;
  readonly subjects: ReadonlyMap<number, Float32Array>;
};

type Asked = {
  readonly utterances: readonly Utterance[];
  readonly meeting: MeetingSnapshot;
  readonly embeddings?: Embeddings | null;
  readonly signal: AbortSignal;
  warn(message: string, detail?: Record<string, unknown>): void;
};

/** Sentences of one summary that are asked for; a longer meeting is known by its words alone. */
const MOST_SENTENCES = 1_500;

/** Asks for the meanings of what was said, where embeddings are configured and answer; null otherwise. */
export async function meaningsOf({ utterances, meeting, embeddings, signal, warn }: Asked): Promise<Meanings | null> {
  if (!embeddings) return null;
  const said = [...new Set(sentencesOf(utterances).map(({ text }) => text))];
  if (said.length === 0 || said.length > MOST_SENTENCES) return null;
  const circles = meeting.circles.map(({ index }) => [index, subjectOf(meeting, index).trim()] as const);
  const subjects = circles.filter(([, subject]) => subject !== "");
  const texts = [...said, ...subjects.map(([, subject]) => subject)];
  try {
    const vectors = levelled(texts, await embeddings.of(texts, signal));
    const at = (place: number) => vectors[place] ?? new Float32Array();
    return {
      of: new Map(said.map((text, place) => [text, at(place)])),
      subjects: new Map(subjects.map(([index], place) => [index, at(said.length + place)])),
    };
  } catch (error) {
    signal.throwIfAborted();
    warn("no embeddings; highlights are chosen by their words alone", { error: String(error) });
    return null;
  }
}

/** Likeness of two texts, from 0 to 1; 0 where one of them is unknown. */
export function nearness(one: Float32Array | undefined, other: Float32Array | undefined): number {
  return one && other ? Math.max(0, likeness(one, other)) : 0;
}
