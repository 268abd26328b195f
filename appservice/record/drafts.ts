import type { Growing } from "../protocol/meeting-record.ts";
import { keyOf } from "../protocol/minutes-key.ts";
import type { RecordEvent } from "./event.ts";
import type { RecordState } from "./state.ts";

/** Results of the minutes that are not finished. No event tells of them and nothing keeps them: they are made again. */
export type Drafts = {
  /** Grows with each of them. */
  readonly revision: number;
  /** Unfinished results by their key. */
  readonly growing: ReadonlyMap<string, Growing>;
};

export const NO_DRAFTS: Drafts = { revision: 0, growing: new Map() };

/** Drafts with what is being made, as far as it has come. */
export function withDraft({ revision, growing }: Drafts, draft: Growing): Drafts {
  return { revision: revision + 1, growing: new Map(growing).set(keyOf(draft.plugin, draft.about), draft) };
}

/**
 * Drafts that are left after an event of the record: none of what is finished now, nor any once words were taken back.
 */
export function draftsAfter(drafts: Drafts, event: RecordEvent, before: RecordState, after: RecordState): Drafts {
  if (drafts.growing.size === 0) return drafts;
  if (after.gone !== before.gone) return { ...drafts, growing: new Map() };
  if (event.type !== "minutes-made" && event.type !== "minutes-failed") return drafts;
  const key =
    event.type === "minutes-made"
      ? keyOf(event.entry.madeBy.plugin, event.entry.about)
      : keyOf(event.plugin, event.about);
  const growing = new Map(drafts.growing);
  growing.delete(key);
  return { ...drafts, growing };
}
