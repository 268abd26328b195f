import type { MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import { entryId, keyOf } from "../protocol/minutes-key.ts";
import type { RecordEvent } from "../record/event.ts";
import { evolveRecord } from "../record/evolve.ts";
import { withoutStale } from "../record/stale.ts";
import { EMPTY_RECORD, type RecordState } from "../record/state.ts";
import { emptied, named, NO_WORDS, ordersIn, touchedIn, withoutWords } from "../record/taken-back.ts";
import { eachOf, type Parts } from "./parts-of-work.ts";

/** An entry of the journal, with its place. */
export type Entry = { readonly seq: number; readonly event: RecordEvent };

/**
 * The same entries without the words of what was taken back, nor any that were made of them: those that change, with
 * their places. The rest folds to the same record. Of a text its length remains, since by that messages keep their
 * parts.
 */
export function* scrub(entries: readonly Entry[]): Parts<Entry[]> {
  const { words, gone, again, record } = yield* takenBackIn(entries);
  const last = Math.max(-1, ...gone.values());
  const made = entries.flatMap(({ seq, event }) =>
    event.type === "minutes-made" ? [{ seq, entry: event.entry }] : [],
  );
  const { standing, byHand } = yield* standingIn(entries, gone);
  // A result made before it may be written after it, and rests on it still, unless it has other words since.
  const goneAt = (seq: number) =>
    new Set(
      [...gone].flatMap(([id, at]) => (seq < at || (words.has(id) && seq < (again.get(id) ?? Infinity)) ? [id] : [])),
    );
  const touched = new Set<string>();
  const touch = ({ seq, entry }: (typeof made)[number]) => {
    for (const each of touchedIn(entry, goneAt(seq))) touched.add(each);
  };
  yield* eachOf(made, touch, 1);
  const missed = Math.max(0, ...record.goneBy.toMap().values());
  /** Written before words were taken back, or made before it and written after it. */
  const isOld = (seq: number, basis = Infinity) => seq < last || basis < missed;
  const isTouched = (entry: MinutesEntry) => touched.has(named("summary", entryId(entry)));
  const masks = new Map<string, Masked>();
  const mask = (id: string, text: string) => {
    const next = masked(text, masks.get(id));
    masks.set(id, next);
    return next.instead;
  };
  const clean = ({ seq, event }: Entry): RecordEvent => {
    const isGone = (id: string) => seq < (words.get(id) ?? -1);
    switch (event.type) {
      case "comment-made":
        return isGone(event.comment.id)
          ? { ...event, comment: { ...event.comment, text: mask(event.comment.id, event.comment.text) } }
          : event;
      case "comment-edited":
        return isGone(event.id) || (event.edit !== undefined && isGone(event.edit))
          ? { ...event, text: mask(event.id, event.text) }
          : event;
      case "utterance-heard":
        return isGone(event.utterance.id)
          ? {
              ...event,
              utterance: {
                ...withoutPlaces(event.utterance),
                text: mask(event.utterance.id, event.utterance.text),
                segments: ordersIn(event.utterance.segments),
              },
            }
          : event;
      case "corrected":
        return cleanCorrection(event, isGone, (id) => seq < last && touched.has(id), mask);
      case "minutes-made":
        return {
          ...event,
          entry: cleanEntry(
            withoutStale(event.entry, event.basis, record),
            goneAt(seq),
            // Without its words, what people put in their place leaves no trace of itself either.
            isOld(seq, event.basis) && (!standing.has(seq) || (byHand.has(seq) && isTouched(event.entry))),
          ),
        };
      case "minutes-failed":
        return seq < last ? { ...event, error: "" } : event;
      case "graph-drawn":
        return seq < last ? { ...event, drawn: { ...event.drawn, state: "", central: [], picture: null } } : event;
      default:
        return event;
    }
  };
  const changed: Entry[] = [];
  yield* eachOf(entries, (entry) => {
    const event = clean(entry);
    if (event !== entry.event && JSON.stringify(event) !== JSON.stringify(entry.event))
      changed.push({ seq: entry.seq, event });
  });
  return changed;
}

/** An utterance without the times of its words, which go with them. */
function withoutPlaces({ places: _, ...utterance }: Utterance): Utterance {
  return utterance;
}

/**
 * Places until which the words of a comment, of an edit or of something said are gone, and results that rest on such a
 * comment or utterance.
 */
function* takenBackIn(entries: readonly Entry[]): Parts<{
  words: Map<string, number>;
  gone: Map<string, number>;
  again: Map<string, number>;
  /** Record to which the entries fold. */
  record: RecordState;
}> {
  let record = EMPTY_RECORD;
  const [words, gone, again] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const [edited, speakers] = [new Map<string, string>(), new Map<string, string>()];
  const takeBack = (id: string, seq: number) => {
    words.set(id, seq);
    gone.set(id, seq);
    again.delete(id);
  };
  yield* eachOf(entries, ({ seq, event }) => {
    record = evolveRecord(record, event);
    switch (event.type) {
      case "utterance-heard":
        speakers.set(event.utterance.id, event.utterance.speaker);
        break;
      case "comment-edited":
        if (event.edit !== undefined) edited.set(event.edit, event.id);
        break;
      case "comment-removed":
      case "taken-back":
        takeBack(event.id, seq);
        break;
      case "command-taken-back":
        takeBack(event.message, seq);
        break;
      case "words-erased":
        takeBack(event.who, seq);
        break;
      case "comment-edit-removed":
        words.set(event.edit, seq);
        gone.set(edited.get(event.edit) ?? event.edit, seq);
        break;
      case "corrected":
        if (event.change.of === "utterance" && event.change.text === "" && speakers.get(event.change.id) === event.by)
          takeBack(event.change.id, seq);
        else if (words.has(event.change.id) && !again.has(event.change.id)) again.set(event.change.id, seq);
        break;
    }
  });
  return { words, gone, again, record };
}

type Standing = { readonly seq: number; readonly entry: MinutesEntry; readonly isByHand: boolean };

/**
 * Places of the results that stand in the end, and of the summaries that people put into other words. Such a one stands
 * however often it is made anew, until words that it rests on are taken back.
 */
function* standingIn(
  entries: readonly Entry[],
  gone: ReadonlyMap<string, number>,
): Parts<{ standing: Set<number>; byHand: Set<number> }> {
  const [results, byHand] = [new Map<string, Standing>(), new Set<number>()];
  const takenBack = new Map([...gone].map(([id, at]) => [at, new Set([id])]));
  yield* eachOf(entries, ({ seq, event }) => {
    const words = takenBack.get(seq);
    if (event.type === "minutes-made") {
      const key = keyOf(event.entry.madeBy.plugin, event.entry.about);
      if (!results.get(key)?.isByHand) results.set(key, { seq, entry: event.entry, isByHand: false });
    } else if (event.type === "corrected" && event.change.of === "summary") {
      for (const [key, result] of results) {
        if (entryId(result.entry) !== event.change.id) continue;
        results.set(key, { ...result, isByHand: true });
        byHand.add(result.seq);
      }
    } else if (words) {
      for (const [key, result] of results)
        if (result.isByHand && touchedIn(result.entry, words).length > 0)
          results.set(key, { ...result, isByHand: false });
    }
  });
  return { standing: new Set([...results.values()].map(({ seq }) => seq)), byHand };
}

/**
 * Removes words that are gone; of a result that was made by itself and anew since, which serves nobody any more, all of
 * them.
 */
function cleanEntry(entry: MinutesEntry, gone: ReadonlySet<string>, superseded: boolean): MinutesEntry {
  return superseded ? emptied(withoutWords(entry, gone)) : withoutWords(entry, gone);
}

type Correct = Extract<RecordEvent, { type: "corrected" }>;

function cleanCorrection(
  event: Correct,
  isGone: (id: string) => boolean,
  isTouched: (named: string) => boolean,
  mask: (id: string, text: string) => string,
): Correct {
  const { change } = event;
  if (change.of === "utterance")
    return isGone(change.id) ? { ...event, change: { ...change, text: mask(change.id, change.text) } } : event;
  if (!isTouched(named(change.of, change.id))) return event;
  switch (change.of) {
    case "summary":
      return { ...event, change: { ...change, sentences: [] } };
    case "task":
      return change.title === undefined ? event : { ...event, change: { ...change, title: NO_WORDS } };
    default:
      return change.text === undefined ? event : { ...event, change: { ...change, text: NO_WORDS } };
  }
}

type Masked = { readonly text: string; readonly instead: string };

/** Mask as long as the text was, and another than the one before it if that text was another. */
function masked(text: string, before: Masked | undefined): Masked {
  const [sign, other] = [NO_WORDS, "–"];
  const like = before === undefined || before.instead.startsWith(other) ? sign : other;
  return { text, instead: before?.text === text ? before.instead : like.repeat(text.length) };
}
