import type {
  Decision,
  MinutesEntry,
  MeetingRecord,
  Question,
  Task,
  Utterance,
} from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { authorsOf, may } from "@mindminder/protocol/rights.ts";
import { holder, type Me } from "../meeting/rights.ts";

/** Decides whom the buttons are shown to, by the rights that the service asks (docs/corrections.md). */
export function mayRemake(meeting: MeetingSnapshot | null, me: Me): boolean {
  return may("remake-minutes", holder(me), meeting);
}

export function mayCorrectUtterance(
  { speaker }: Pick<Utterance, "speaker">,
  meeting: MeetingSnapshot | null,
  me: Me,
): boolean {
  return may("correct-utterance", holder(me), meeting, { authors: [speaker] });
}

export function mayCorrectSummary(
  { about }: Pick<MinutesEntry, "about">,
  meeting: MeetingSnapshot | null,
  me: Me,
): boolean {
  const authors = "participant" in about ? [about.participant] : [];
  return may("correct-summary", holder(me), meeting, { authors });
}

export function mayChangeTask(
  { owner, from }: Task,
  meeting: MeetingSnapshot | null,
  record: MeetingRecord | null,
  me: Me,
): boolean {
  return may("correct-task", holder(me), meeting, { owner, authors: record ? authorsOf(record, from) : [] });
}

/** True when I may correct a decision or question; its author is the person who said or asked it. */
export function mayChangeItem(
  of: "decision" | "question",
  { from }: Pick<Decision | Question, "from">,
  meeting: MeetingSnapshot | null,
  record: MeetingRecord | null,
  me: Me,
): boolean {
  return may(`correct-${of}`, holder(me), meeting, { authors: record ? authorsOf(record, from) : [] });
}
