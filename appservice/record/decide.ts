import { answerOf, mayWriteInto } from "../circle/agreement.ts";
import type { Meeting } from "../circle/meeting.ts";
import { refuse, type Ruling } from "../circle/ruling.ts";
import type { Actor } from "../protocol/actor.ts";
import { type Correction, type CorrectionMade, correctionsOf } from "../protocol/correction.ts";
import type { MinutesEntry, MinutesResult } from "../protocol/meeting-record.ts";
import { entryId, keyOf } from "../protocol/minutes-key.ts";
import type { Pot } from "../protocol/pot.ts";
import { authorsOf, may, type Right, type RightsSubject } from "../protocol/rights.ts";
import { wouldChange } from "./corrected.ts";
import { decisionIn, questionIn, taskIn } from "./found-items.ts";
import type { RecordEvent } from "./event.ts";
import { isByHand } from "./remade.ts";
import { objectToPot, showPot } from "./pots.ts";
import type { RecordState } from "./state.ts";

/** A person who asks something of a record, and when. */
export type Corrector = { readonly actor: Actor; readonly at: number };

/** Something asked of a meeting's record. */
export type RecordCommand =
  /** `seen` is how many corrections of it they knew of; null where nobody can have looked. */
  | ({ readonly type: "correct"; readonly change: Correction; readonly seen: number | null } & Corrector)
  /** Results shall be made anew; `forms` narrows it down. */
  | ({ readonly type: "redo"; readonly forms: readonly MinutesResult["form"][] | null } & Corrector)
  /** Shows how a pot would be shared, by a rule that a circle of this meeting decided by consent. */
  | ({ readonly type: "show-pot"; readonly pot: Pot } & Corrector)
  | ({ readonly type: "object-to-pot"; readonly pot: string } & Corrector)
  /** Makes these results anew, since they rest on corrected words. */
  | { readonly type: "refresh"; readonly outdated: readonly MinutesEntry[]; readonly at: number };

type Of<T extends RecordCommand["type"]> = Extract<RecordCommand, { type: T }>;

/** A meeting and what came out of it. */
type At = { readonly meeting: Meeting; readonly record: RecordState };

/**
 * The rules of the record: the events that a command brings about (none: it is so already), or why it is refused. Pure.
 */
export function decideRecord(at: At, command: RecordCommand): Ruling<RecordEvent> {
  switch (command.type) {
    case "correct":
      return correct(at, command);
    case "redo":
      return redo(at, command);
    case "show-pot":
      return showPot(at, command);
    case "object-to-pot":
      return objectToPot(at, command);
    case "refresh":
      return accept(refresh(at.record, command));
  }
}

/**
 * People correct their own words themselves, the keeper of the meeting and the room's moderators everything. Nobody puts
 * words into the mouth of a person who has taken theirs back, or who does not agree any more to be written down.
 */
function correct(at: At, { change, seen, actor, at: when }: Of<"correct">): Ruling<RecordEvent> {
  const { id: by, name, door } = actor;
  const about = subjectOf(at.record, change);
  if (!about) return refuse("nothing-to-correct");
  const allowed = (right: Right) => may(right, actor, at.meeting, about);
  if (!allowed(`correct-${change.of}`)) return refuse("not-yours-to-correct");
  if (bringsWords(change) && !mayWriteInto(at.meeting, by)) return refuse("unwritten");
  if (bringsWords(change) && isUnsaid(at, change) && !allowed("speak-anew")) return refuse("only-its-speaker");
  const before = correctionsOf(at.record.corrections, change);
  if (seen !== null && seen !== before.length)
    return refuse("corrected-meanwhile", { name: before.at(-1)?.name ?? "" });
  const who = { at: when, by, name, door };
  if (change.of === "utterance" && change.text === "" && allowed("take-back-utterance"))
    return accept(takeBack(at.record, change.id, who));
  if (wouldChange(at.record, { change, by })) return accept([{ type: "corrected", ...who, change }]);
  return accept(confirm(at.record, change, before, { by, at: when, door }));
}

/** Tells whether it was said by somebody who has taken it back, or has withdrawn their agreement. */
function isUnsaid({ meeting, record }: At, { of, id }: Correction): boolean {
  const said = of === "utterance" ? record.utterances.find((each) => each.id === id) : undefined;
  return said !== undefined && (record.gone.has(id) || answerOf(meeting, said.speaker) === false);
}

/** Writing a text as it stands, which somebody else had corrected, says that it is right so. */
function confirm(
  { confirmations }: RecordState,
  { of, id }: Correction,
  before: readonly CorrectionMade[],
  who: Pick<CorrectionMade, "by" | "at" | "door">,
): RecordEvent[] {
  const last = before.at(-1);
  if ((of !== "utterance" && of !== "summary") || !last || last.by === who.by) return [];
  const known = confirmations.some(
    (each) => each.of === of && each.id === id && each.by === who.by && each.corrections === before.length,
  );
  return known ? [] : [{ type: "correction-confirmed", ...who, of, id, corrections: before.length }];
}

/**
 * Takes an utterance back, for the speaker who empties it, or a moderator; the meeting's keeper alone corrects it, and
 * the old text is kept.
 */
function takeBack(
  { utterances, gone }: RecordState,
  id: string,
  who: Pick<CorrectionMade, "by" | "name" | "at" | "door">,
): RecordEvent[] {
  const nothing = gone.has(id) || !utterances.some((each) => each.id === id);
  return nothing ? [] : [{ type: "taken-back", id, ...who }];
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

/** None is made anew that people corrected, for those they hold to be right. */
function redo(at: At, { forms, actor, at: when }: Of<"redo">): Ruling<RecordEvent> {
  if (!may("remake-minutes", actor, at.meeting)) return refuse("not-keeper");
  const { minutes, failed, remaking } = at.record;
  const made = minutes.filter(
    (entry) => !isByHand(entry, at.record) && (forms === null || forms.includes(entry.result.form)),
  );
  const wanted = [
    ...made.map(({ about, madeBy }) => ({ plugin: madeBy.plugin, about })),
    ...failed.map(({ plugin, about }) => ({ plugin, about })),
  ];
  const results = wanted.filter(({ plugin, about }) => !remaking.has(keyOf(plugin, about)));
  if (results.length === 0 && remaking.size === 0) return refuse("nothing-to-remake");
  return accept(results.length > 0 ? [{ type: "minutes-redo", at: when, by: actor.id, results }] : []);
}

/** Made anew by itself, in the name of whoever changed words last. */
function refresh(record: RecordState, { outdated, at }: Of<"refresh">): RecordEvent[] {
  const by = record.changes.at(-1)?.by;
  const results = outdated
    .filter(
      (entry) =>
        record.minutes.includes(entry) &&
        !isByHand(entry, record) &&
        !record.remaking.has(keyOf(entry.madeBy.plugin, entry.about)),
    )
    .map(({ about, madeBy }) => ({ plugin: madeBy.plugin, about }));
  return by === undefined || results.length === 0 ? [] : [{ type: "minutes-redo", at, by, results }];
}

/** Owner and authors, as far as rights depend on it; null where there is no such thing. */
function subjectOf(record: RecordState, change: Correction): RightsSubject | null {
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

function accept(events: readonly RecordEvent[]): Ruling<RecordEvent> {
  return { accepted: true, events };
}
