import type { CorrectionMade } from "../protocol/correction.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import type { TextChange } from "../protocol/text-change.ts";
import type { RecordEvent } from "./event.ts";
import { PersistentList } from "./persistent-list.ts";
import { longestOf, type RecordState } from "./state.ts";
import { emptied, named, ordersIn, touchedIn, withoutWords } from "./taken-back.ts";

type TakenBack = Omit<Extract<RecordEvent, { type: "taken-back" }>, "type">;

/** Something said loses its words; that it was, and who took it back, stays. */
export function takenBack(record: RecordState, { id, by, name, at, door }: TakenBack): RecordState {
  const found = record.utterances.find((utterance) => utterance.id === id);
  if (!found) return record;
  const { places: _, ...said } = found;
  const after = forgetWords(
    rewordUtterance(record, found, { ...said, text: "", segments: ordersIn(found.segments) }, by),
    id,
  );
  return {
    ...after,
    corrections: after.corrections.appended({ of: "utterance", id, by, name, at, door, before: "", after: "" }),
  };
}

/** Another text in the place of one that was said, and the note of it for what was made of that. */
export function rewordUtterance(
  record: RecordState,
  before: Utterance,
  after: Utterance,
  by: TextChange["by"],
): RecordState {
  const { turn, circle, speaker: participant } = after;
  return {
    ...record,
    longest: record.longest.with(before.id, longestOf(record, before)),
    utterances: record.utterances.with(record.utterances.indexOf(before), after),
    changes: record.changes.appended({ of: "transcript", about: { kind: "turn", circle, turn, participant }, by }),
  };
}

/**
 * Takes away all that rests on it, and what people made of that. A summary that people wrote and that rests on it is
 * made anew.
 */
export function forgetWords(record: RecordState, id: string): RecordState {
  const gone = record.gone.with(id, true);
  const touched = new Set([named("utterance", id), ...record.minutes.flatMap((entry) => touchedIn(entry, gone))]);
  const isTouched = (made: CorrectionMade) => touched.has(named(made.of, made.id));
  const byHand = new Set(
    record.corrections.filter((made) => made.of === "summary" && isTouched(made)).map((made) => made.id),
  );
  const left = (entry: MinutesEntry) =>
    byHand.has(entryId(entry)) || entry.result.form === "note" || entry.result.form === "graph"
      ? emptied(entry)
      : withoutWords(entry, gone);
  return {
    ...record,
    gone,
    goneBy: record.goneBy.with(id, record.changes.length),
    tookBack: true,
    takenBack: record.takenBack.appended(id),
    minutes: record.minutes.map(left),
    corrections: PersistentList.of(record.corrections.filter((made) => !isTouched(made))),
    graph: undrawn(record.graph),
  };
}

/** Nothing of somebody's waits to be written any more; what they said and typed was taken back before. */
export function wordsErased(record: RecordState, who: ParticipantId): RecordState {
  return forgetWords({ ...record, waiting: record.waiting.filter((each) => each.who !== who) }, who);
}

/** The map without the words in it, of which any may be meant, until it is drawn anew. */
export function undrawn(graph: RecordState["graph"]): RecordState["graph"] {
  if (!graph) return graph;
  const { failed: _, ...left } = graph;
  return { ...left, state: "", central: [], picture: null };
}
