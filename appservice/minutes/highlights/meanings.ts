import type { Utterance } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import type { ByRule } from "../rules.ts";
import type { Meanings } from "./nearness.ts";
import { subjectOf } from "./subject.ts";

type Asked = {
  readonly utterances: readonly Utterance[];
  readonly meeting: MeetingSnapshot;
  readonly embeddings?: Embeddings | null;
  readonly byRule: ByRule;
  readonly signal: AbortSignal;
  warn(message: string, detail?: Record<string, unknown>): void;
};

/** Sentences of one summary that are asked for; a longer meeting is known by its words alone. */
const MOST_SENTENCES = 1_500;

/** Asks for the meanings of what was said, where embeddings are configured and answer; null otherwise. */
export async function meaningsOf(asked: Asked): Promise<Meanings | null> {
  const { utterances, meeting, embeddings, byRule, signal, warn } = asked;
  if (!embeddings) return null;
  const said = await byRule("sentenceTexts", utterances);
  if (said.length === 0 || said.length > MOST_SENTENCES) return null;
  const circles = meeting.circles.map(({ index }) => [index, subjectOf(meeting, index).trim()] as const);
  const subjects = circles.filter(([, subject]) => subject !== "");
  const texts = [...said, ...subjects.map(([, subject]) => subject)];
  try {
    const vectors = await byRule("levelled", texts, await embeddings.of(texts, signal));
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
