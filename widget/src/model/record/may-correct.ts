import type {
  Decision,
  MinutesEntry,
  MeetingRecord,
  Question,
  Task,
  Utterance,
} from "../../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../../appservice/protocol/meeting-snapshot.ts";
import type { Me } from "../meeting/rights.ts";

/** Whom the buttons are shown to; the service decides (docs/corrections.md). */
export function mayKeep(meeting: MeetingSnapshot | null, me: Me): boolean {
  return me.mayKeep || meeting?.keeper === me.id;
}

export function mayCorrectUtterance(
  utterance: Pick<Utterance, "speaker">,
  meeting: MeetingSnapshot | null,
  me: Me,
): boolean {
  return mayKeep(meeting, me) || utterance.speaker === me.id;
}

export function mayCorrectSummary(
  { about }: Pick<MinutesEntry, "about">,
  meeting: MeetingSnapshot | null,
  me: Me,
): boolean {
  return mayKeep(meeting, me) || ("participant" in about && about.participant === me.id);
}

/** What nobody has yet may be taken up by anybody of the circle. */
export function mayChangeTask(
  { owner, from }: Task,
  meeting: MeetingSnapshot | null,
  record: MeetingRecord | null,
  me: Me,
): boolean {
  if (mayKeep(meeting, me) || owner === me.id) return true;
  const person = meeting?.people.find(({ id }) => id === me.id);
  if (owner === null && person !== undefined && person.presence !== "left") return true;
  return record?.utterances.some(({ id, speaker }) => speaker === me.id && from.includes(id)) ?? false;
}

/** A decision is whoever's said it, a question whoever's asked it. */
export function mayChangeItem(
  { from }: Pick<Decision | Question, "from">,
  meeting: MeetingSnapshot | null,
  record: MeetingRecord | null,
  me: Me,
): boolean {
  if (mayKeep(meeting, me)) return true;
  const said = record?.utterances.some(({ id, speaker }) => speaker === me.id && from.includes(id)) ?? false;
  return said || (record?.comments.some(({ id, who }) => who === me.id && from.includes(id)) ?? false);
}
