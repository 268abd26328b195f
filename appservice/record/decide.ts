import { mayWriteInto } from "../circle/agreement.ts";
import type { Meeting } from "../circle/meeting.ts";
import type { Actor } from "../protocol/actor.ts";
import { type Correction, type CorrectionMade, correctionsOf } from "../protocol/correction.ts";
import type { MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import { entryId, keyOf } from "../protocol/minutes-key.ts";
import { authorsOf, may, type Right, type RightsSubject } from "../protocol/rights.ts";
import type { Refusal, RefusalCode } from "../protocol/refusal.ts";
import { corrected } from "./corrected.ts";
import { decisionIn, questionIn, taskIn } from "./found-items.ts";
import type { RecordEvent } from "./event.ts";
import type { Record } from "./record.ts";

type LiveMeeting = { readonly meeting: Meeting; readonly record: Record };

/** A person who asks something of a record, and when. */
export type Corrector = { readonly actor: Actor; readonly at: number };

export type RecordDecision =
  /** No events: it is so already. */
  | { readonly accepted: true; readonly events: readonly RecordEvent[] }
  | { readonly accepted: false; readonly refusal: Refusal };

/**
 * Whether somebody may correct this, and the event of it. Their own words people correct themselves, the keeper of the meeting
 * and the room's moderators everything. `seen` is how many corrections of it they knew of; null where nobody can have looked.
 */
export function correct(live: LiveMeeting, change: Correction, seen: number | null, who: Corrector): RecordDecision {
  const about = subjectOf(live, change);
  if (!about) return refuse("nothing-to-correct");
  const allowed = (right: Right) => may(right, who.actor, live.meeting, about);
  if (!allowed(`correct-${change.of}`)) return refuse("not-yours-to-correct");
  if (bringsWords(change) && !mayWriteInto(live.meeting, who.actor.id)) return refuse("unwritten");
  const before = correctionsOf(live.record.corrections, change);
  if (seen !== null && seen !== before.length)
    return refuse("corrected-meanwhile", { name: before.at(-1)?.name ?? "" });
  const { id: by, name, door } = who.actor;
  const { at } = who;
  if (change.of === "utterance" && change.text === "" && allowed("take-back-utterance"))
    return takeBack(live, change.id, { by, name, at, door });
  const asked = { by, name, at, door, change };
  return { accepted: true, events: corrected(live.record, asked) ? [{ type: "corrected", ...asked }] : [] };
}

/** Whoever empties what they said, or a moderator, takes it back; the meeting's keeper alone corrects it, and what stood there is kept. */
function takeBack(
  { record }: LiveMeeting,
  id: string,
  who: Pick<CorrectionMade, "by" | "name" | "at" | "door">,
): RecordDecision {
  const utterance = record.utterances.find((each) => each.id === id);
  const nothing = record.gone.has(id) || utterance === undefined;
  return { accepted: true, events: nothing ? [] : [{ type: "taken-back", id, ...who }] };
}

/** Taking words away needs nobody's agreement. */
function bringsWords(change: Correction): boolean {
  return Object.entries(change).some(
    ([key, value]) =>
      (key === "text" || key === "title" || key === "sentences") &&
      value !== null &&
      value !== undefined &&
      value.length > 0,
  );
}

/** Which results are made anew: none that people corrected, for those they hold to be right. `forms` narrows it down. */
export function redo(
  live: LiveMeeting,
  forms: readonly MinutesResult["form"][] | null,
  who: Corrector,
): RecordDecision {
  if (!may("remake-minutes", who.actor, live.meeting)) return refuse("not-keeper");
  const { minutes, failed, remaking } = live.record;
  const made = minutes.filter(
    (entry) => !isByHand(entry, live.record) && (forms === null || forms.includes(entry.result.form)),
  );
  const wanted = [
    ...made.map(({ about, madeBy }) => ({ plugin: madeBy.plugin, about })),
    ...failed.map(({ plugin, about }) => ({ plugin, about })),
  ];
  const results = wanted.filter(({ plugin, about }) => !remaking.has(keyOf(plugin, about)));
  if (results.length === 0 && remaking.size === 0) return refuse("nothing-to-remake");
  return {
    accepted: true,
    events: results.length > 0 ? [{ type: "minutes-redo", at: who.at, by: who.actor.id, results }] : [],
  };
}

/** What is made anew by itself, of results that rest on corrected words; null: nothing. */
export function refresh({ record }: LiveMeeting, outdated: readonly MinutesEntry[], at: number): RecordEvent | null {
  const by = record.changes.at(-1)?.by;
  const results = outdated
    .filter(
      (entry) =>
        record.minutes.includes(entry) &&
        !isByHand(entry, record) &&
        !record.remaking.has(keyOf(entry.madeBy.plugin, entry.about)),
    )
    .map(({ about, madeBy }) => ({ plugin: madeBy.plugin, about }));
  return by === undefined || results.length === 0 ? null : { type: "minutes-redo", at, by, results };
}

/** A summary that somebody has put into other words is theirs. */
export function isByHand(entry: MinutesEntry, { corrections }: Pick<LiveMeeting["record"], "corrections">): boolean {
  return correctionsOf(corrections, { of: "summary", id: entryId(entry) }).length > 0;
}

/** Whose it is, as far as rights depend on it; null where there is no such thing. */
function subjectOf({ record }: LiveMeeting, change: Correction): RightsSubject | null {
  switch (change.of) {
    case "utterance": {
      const utterance = record.utterances.find(({ id }) => id === change.id);
      return utterance ? { authors: [utterance.speaker] } : null;
    }
    case "summary": {
      const entry = record.minutes.find((each) => each.result.form === "summary" && entryId(each) === change.id);
      return entry ? { authors: "participant" in entry.about ? [entry.about.participant] : [] } : null;
    }
    case "task": {
      const task = taskIn(record.minutes, change.id)?.item;
      return task ? { owner: task.owner, authors: authorsOf(record, task.from) } : null;
    }
    case "decision":
    case "question": {
      const found = (change.of === "decision" ? decisionIn : questionIn)(record.minutes, change.id)?.item;
      return found ? { authors: authorsOf(record, found.from) } : null;
    }
  }
}

function refuse(code: RefusalCode, detail: Refusal["detail"] = {}): RecordDecision {
  return { accepted: false, refusal: { code, detail } };
}
