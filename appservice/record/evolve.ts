import type { Utterance } from "../protocol/meeting-record.ts";
import { commentDropped, commentEdited, commentMade, commentRemoved, editRemoved } from "./evolve-comments.ts";
import { corrected, minutesFailed, minutesMade, minutesRedo } from "./evolve-minutes.ts";
import { spokeOutOfTurn } from "./evolve-out-of-turn.ts";
import { forgetWords, takenBack, wordsErased } from "./evolve-taken-back.ts";
import type { RecordEvent } from "./event.ts";
import { EMPTY_RECORD, type RecordState, type ShownPot } from "./state.ts";

/** The record after an event. Pure: the one before it stays as it was, and both share what did not change. */
export function evolveRecord(before: RecordState, event: RecordEvent): RecordState {
  const record = { ...before, version: before.version + 1 };
  switch (event.type) {
    case "utterance-heard":
      return { ...record, utterances: record.utterances.inserted(placeOf(event.utterance, record), event.utterance) };
    case "turn-waits":
      return { ...record, late: record.late.with(event.turn, true) };
    case "turn-heard":
      return turnHeard(record, event);
    case "comment-made":
      return commentMade(record, event.comment);
    case "comment-waits": {
      const { type: _, ...waiting } = event;
      return { ...record, waiting: [...record.waiting, waiting] };
    }
    case "comment-dropped":
      return commentDropped(record, event.id);
    case "comment-edited":
      return commentEdited(record, event);
    case "comment-edit-removed":
      return editRemoved(record, event.edit);
    case "comment-removed":
      return commentRemoved(record, event);
    case "taken-back":
      return takenBack(record, event);
    case "command-taken-back":
      return forgetWords(record, event.message);
    case "words-erased":
      return wordsErased(record, event.who);
    case "minutes-made":
      return minutesMade(record, event);
    case "minutes-failed":
      return minutesFailed(record, event);
    case "minutes-redo":
      return minutesRedo(record, event);
    case "corrected":
      return corrected(record, event);
    case "correction-confirmed": {
      const { type: _, ...confirmation } = event;
      return { ...record, confirmations: record.confirmations.appended(confirmation) };
    }
    case "pot-shown":
      return { ...record, pots: [...record.pots, { pot: event.pot, objectedBy: null }] };
    case "pot-objected":
      return { ...record, pots: record.pots.map((each) => objectedTo(each, event)) };
    case "set-chosen":
      return { ...record, served: { chosen: event.chosen, shownAt: null } };
    case "set-shown":
      return { ...record, served: record.served && { ...record.served, shownAt: record.served.shownAt ?? event.at } };
    case "spoke-out-of-turn":
      return spokeOutOfTurn(record, event);
    // A picture that cannot be uploaded takes none away that stands already.
    case "graph-drawn":
      return { ...record, graph: { ...event.drawn, picture: event.drawn.picture ?? record.graph?.picture ?? null } };
  }
}

export function replayRecord(events: Iterable<RecordEvent>): RecordState {
  let record = EMPTY_RECORD;
  for (const event of events) record = evolveRecord(record, event);
  return record;
}

function objectedTo(shown: ShownPot, { pot, by, at }: Extract<RecordEvent, { type: "pot-objected" }>): ShownPot {
  const counts = shown.pot.id !== pot || at >= shown.pot.countsAt;
  return counts ? shown : { ...shown, objectedBy: shown.objectedBy ?? by };
}

function turnHeard(
  record: RecordState,
  { turn, complete, unheardSeconds }: Extract<RecordEvent, { type: "turn-heard" }>,
): RecordState {
  return { ...record, heard: record.heard.with(turn, { complete, ...(unheardSeconds ? { unheardSeconds } : {}) }) };
}

/** Place in the order in which things were said: text may come late, and then not last. */
function placeOf({ turn, startedAt }: Utterance, { utterances }: RecordState): number {
  const before = utterances.findLastIndex(
    (other) => other.turn < turn || (other.turn === turn && other.startedAt <= startedAt),
  );
  return before + 1;
}
