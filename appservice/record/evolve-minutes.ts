import { keyOf } from "../protocol/minutes-key.ts";
import { corrected as correctedThing } from "./corrected.ts";
import type { RecordEvent } from "./event.ts";
import { rewordUtterance, takenBack } from "./evolve-taken-back.ts";
import { isByHand, remade } from "./remade.ts";
import { withoutStale } from "./stale.ts";
import type { RecordState } from "./state.ts";
import { withoutWords } from "./taken-back.ts";

type Of<T extends RecordEvent["type"]> = Extract<RecordEvent, { type: T }>;

export function minutesMade(record: RecordState, { entry: made, basis }: Of<"minutes-made">): RecordState {
  const entry = withoutStale(withoutWords(made, record.gone), basis, record);
  const key = keyOf(entry.madeBy.plugin, entry.about);
  const place = record.minutes.findIndex(({ madeBy, about }) => keyOf(madeBy.plugin, about) === key);
  const before = record.minutes[place];
  const remaking = withoutKey(record.remaking, key);
  // Its basis stays, too: it rests on the words as they were when it was made.
  if (before && isByHand(before, record)) return { ...record, remaking };
  return {
    ...record,
    remaking,
    basis: record.basis.with(key, basis ?? record.changes.length),
    minutes: before
      ? record.minutes.with(place, remade(before, entry, record.corrections))
      : [...record.minutes, entry],
  };
}

export function minutesFailed(record: RecordState, { plugin, about, error }: Of<"minutes-failed">): RecordState {
  return {
    ...record,
    remaking: withoutKey(record.remaking, keyOf(plugin, about)),
    failed: [...record.failed, { plugin, about, error }],
  };
}

/** Failures before it do not count any more. */
export function minutesRedo(record: RecordState, { results }: Of<"minutes-redo">): RecordState {
  const keys = new Set(results.map(({ plugin, about }) => keyOf(plugin, about)));
  return {
    ...record,
    remaking: new Set([...record.remaking, ...keys]),
    failed: record.failed.filter(({ plugin, about }) => !keys.has(keyOf(plugin, about))),
  };
}

export function corrected(record: RecordState, event: Of<"corrected">): RecordState {
  const { change, by } = event;
  // Taking back was noted so before there was a word for it: by emptying what one had said.
  const tookBack =
    change.of === "utterance" &&
    change.text === "" &&
    record.utterances.some(({ id, speaker }) => id === change.id && speaker === by);
  if (tookBack) return takenBack(record, { ...event, id: change.id });
  const done = correctedThing(record, event);
  if (!done) return record;
  const { utterance, entry, made } = done;
  const noted = { ...record, corrections: record.corrections.appended(made) };
  if (utterance)
    return rewordUtterance({ ...noted, gone: noted.gone.without(change.id) }, utterance.before, utterance.after, by);
  if (entry) return { ...noted, minutes: noted.minutes.map((each) => (each === entry.before ? entry.after : each)) };
  return noted;
}

function withoutKey(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set([...keys].filter((each) => each !== key)) : keys;
}
