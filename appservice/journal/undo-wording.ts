import type { ParticipantId } from "../protocol/identity.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import { eachOf, type Parts } from "./parts-of-work.ts";
import type { RecordEvent } from "../record/event.ts";
import { evolveRecord } from "../record/evolve.ts";
import { decisionIn, questionIn, taskIn } from "../record/found-items.ts";
import { EMPTY_RECORD } from "../record/state.ts";
import { emptied } from "../record/taken-back.ts";

type Placed = { readonly seq: number; readonly event: RecordEvent };
type Correct = Extract<RecordEvent, { type: "corrected" }>;

/**
 * Entries that hold wording of somebody's, without it: where they put a summary, a task, a decision or a question into
 * other words, the words before it stand again. Of results that do not say whose words they are made of nothing is
 * left. What they corrected in others' speech is the others', and stands. `all`: the whole record, in its order.
 */
export function* undoWording(all: readonly Placed[], who: ParticipantId): Parts<Placed[]> {
  let record = EMPTY_RECORD;
  const changed: Placed[] = [];
  yield* eachOf(all, ({ seq, event }) => {
    const left = withoutWordingOf(who, event, record.minutes);
    if (left !== event) changed.push({ seq, event: left });
    record = evolveRecord(record, left);
  });
  return changed;
}

/** Results that say on whose words they rest lose those by their ids; these do not say. */
export function* emptySourceless(all: readonly Placed[]): Parts<Placed[]> {
  const changed: Placed[] = [];
  yield* eachOf(all, ({ seq, event }) => {
    if (event.type !== "minutes-made" || event.entry.result.form === "summary") return;
    const entry = emptied(event.entry);
    if (JSON.stringify(entry) !== JSON.stringify(event.entry)) changed.push({ seq, event: { ...event, entry } });
  });
  return changed;
}

/** Of what they said to the facilitator the words go, too. */
function withoutWordingOf(who: ParticipantId, event: RecordEvent, minutes: readonly MinutesEntry[]): RecordEvent {
  if (event.type === "corrected" && event.by === who) return withWordsBefore(event, minutes);
  if (event.type !== "utterance-heard" || event.utterance.speaker !== who) return event;
  return event.utterance.segments.length === 0 ? event : { ...event, utterance: { ...event.utterance, segments: [] } };
}

function withWordsBefore(event: Correct, minutes: readonly MinutesEntry[]): Correct {
  const { change } = event;
  switch (change.of) {
    case "utterance":
      return event;
    case "summary": {
      const sentences = sentencesOf(minutes, change.id);
      return sameWords(sentences, change.sentences) ? event : { ...event, change: { ...change, sentences } };
    }
    case "task": {
      const title = taskIn(minutes, change.id)?.item.title;
      if (title === undefined || change.title === undefined || change.title === title) return event;
      return { ...event, change: { ...change, title } };
    }
    case "decision":
    case "question": {
      const text = (change.of === "decision" ? decisionIn : questionIn)(minutes, change.id)?.item.text;
      if (text === undefined || change.text === undefined || change.text === text) return event;
      return { ...event, change: { ...change, text } };
    }
  }
}

function sentencesOf(minutes: readonly MinutesEntry[], id: string): string[] {
  const result = minutes.find((entry) => entry.result.form === "summary" && entryId(entry) === id)?.result;
  return result?.form === "summary" ? result.sentences.map(({ text }) => text) : [];
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, i) => each === other[i]);
}
