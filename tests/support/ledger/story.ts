import { atOnce } from "../../../appservice/journal/parts-of-work.ts";
import { circleEntry, type JournalEntry } from "../../../appservice/journal/entry.ts";
import type { CircleEvent } from "../../../appservice/circle/event.ts";
import { byTime, type LedgerEntry } from "../../../appservice/ledger/entry.ts";
import { readStory } from "../../../appservice/ledger/read-story.ts";
import { entriesBy, type LedgerRule } from "../../../appservice/ledger/rule.ts";
import { RULES } from "../../../appservice/ledger/rule-list.ts";
import type { Correction } from "../../../appservice/protocol/correction.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import type { RecordEvent } from "../../../appservice/record/event.ts";
import { id } from "../circle/play.ts";
import { meetingId } from "../protocol/ids.ts";

export const [ANN, BOB, EVE] = [id("ann"), id("bob"), id("eve")];
export const DAY = 86_400_000;
export const BEGAN = Date.parse("2026-07-01T10:00:00Z");
export const MEETING = meetingId("mstory00001");

export const circle = (event: CircleEvent): JournalEntry => circleEntry(event);
export const record = (event: RecordEvent): JournalEntry => ({ kind: "record", event });

/** Task `t1`, which Bob took on. */
export const TASK_OF_BOB = record({
  type: "minutes-made",
  entry: {
    about: { kind: "meeting" },
    result: {
      form: "tasks",
      tasks: [{ id: "t1", title: "Buy milk", owner: BOB, due: null, from: ["1.1"], status: "open" }],
    },
    madeBy: { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: BEGAN },
  },
});

/** Words that Ann said. */
export function heard(text: string, utterance = "1.1"): JournalEntry {
  return record({
    type: "utterance-heard",
    utterance: {
      id: utterance,
      turn: 1,
      circle: 0,
      speaker: ANN,
      startedAt: BEGAN,
      endedAt: BEGAN + 1_000,
      language: "en",
      text,
      segments: [{ kind: "speech", text }],
      engine: { id: "sherpa", model: "base" },
    },
  });
}

export function corrected(by: ParticipantId, day: number, text: string, utterance = "1.1"): JournalEntry {
  return changed(by, day, { of: "utterance", id: utterance, text });
}

export function changed(by: ParticipantId, day: number, change: Correction): JournalEntry {
  return record({ type: "corrected", at: BEGAN + day * DAY, by, name: by, door: "widget", change });
}

export function confirmed(by: ParticipantId, day: number, corrections: number, utterance = "1.1"): JournalEntry {
  const at = BEGAN + day * DAY;
  return record({ type: "correction-confirmed", at, by, door: "widget", of: "utterance", id: utterance, corrections });
}

/** Entries that all rules, or some, make of a meeting. */
export async function entriesFrom(
  entries: readonly JournalEntry[],
  { rules = RULES, meeting = MEETING }: { rules?: readonly LedgerRule[]; meeting?: typeof MEETING } = {},
): Promise<LedgerEntry[]> {
  const story = await readStory(meeting, entries);
  return rules.flatMap((rule) => atOnce(entriesBy(rule, story))).sort(byTime);
}
