import type { RingMaterial, RingResult, RingSentence, SaidAt } from "../protocol/assembly-record.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { GroundedSentence, MeetingRecord, MinutesEntry } from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { decisionsOf, questionsOf, tasksOf } from "../protocol/record-contents.ts";
import { isWorthReading } from "../protocol/summary-shown.ts";

/** Results of one ring: taken from its record as they stand there, each with the words that it rests on. */
export function ringResult({ part, ring, theme, delegate, given, meeting, record }: RingMaterial): RingResult {
  const names = new Map(meeting.people.map(({ id, name }) => [id, name]));
  const nameOf = (who: ParticipantId | null) => (who === null ? null : (names.get(who) ?? who));
  const said = new Map<string, { readonly at: SaidAt; readonly speaker: ParticipantId }>();
  for (const { id: utterance, turn, speaker } of record.utterances)
    said.set(utterance, { at: { meeting: meeting.id, utterance, turn }, speaker });
  for (const { id: utterance, who } of record.comments)
    said.set(utterance, { at: { meeting: meeting.id, utterance, turn: null }, speaker: who });
  const speakerOf = (from: readonly string[]) => nameOf(said.get(from[0] ?? "")?.speaker ?? null);
  // A sentence whose words are not there, or not for this reader, is left out.
  const sentence = (text: string, from: readonly string[], speaker: string | null): RingSentence[] => {
    const grounds = from.flatMap((id) => said.get(id)?.at ?? []);
    return grounds.length > 0 ? [{ text, speaker, from: grounds }] : [];
  };
  const sentences = (all: readonly GroundedSentence[], own: boolean) =>
    all.flatMap(({ text, from }) => sentence(text, from, own ? speakerOf(from) : null));
  const summed = (entry: MinutesEntry | undefined) =>
    entry?.result.form === "summary"
      ? sentences(entry.result.sentences, entry.madeBy.method === "highlights" || entry.about.kind === "person")
      : [];
  return {
    part,
    ring,
    meeting: meeting.id,
    theme,
    delegate,
    given,
    people: meeting.people.filter(({ id }) => satThere(id, meeting, record)).map(({ id, name }) => ({ id, name })),
    summary: summaryOf(record, summed, sentences),
    persons: meeting.people.flatMap(({ id, name }) => {
      const entry = summaryIn(record, ({ about }) => about.kind === "person" && about.participant === id);
      const all = entry && isWorthReading(entry, record) ? summed(entry) : [];
      return all.length > 0 ? [{ name, sentences: all }] : [];
    }),
    decisions: decisionsOf(record).flatMap(({ text, from }) => sentence(text, from, speakerOf(from))),
    tasks: tasksOf(record).flatMap(({ title, from, owner, due, status }) =>
      sentence(title, from, speakerOf(from)).map((each) => ({ ...each, owner: nameOf(owner), due, status })),
    ),
    questions: questionsOf(record)
      .filter(({ status }) => status !== "answered")
      .flatMap(({ text, from }) => sentence(text, from, speakerOf(from))),
  };
}

/** People who moved on to another ring before they said a word are none of this one. */
function satThere(who: ParticipantId, { people }: MeetingSnapshot, { turns }: MeetingRecord): boolean {
  const person = people.find(({ id }) => id === who);
  return person?.presence !== "left" || turns.some(({ speaker }) => speaker === who);
}

/** Summary of the whole meeting, or of its circles as far as it has come. */
function summaryOf(
  record: MeetingRecord,
  summed: (entry: MinutesEntry) => RingSentence[],
  sentences: (all: readonly GroundedSentence[], own: boolean) => RingSentence[],
): RingSentence[] {
  const whole = summaryIn(record, ({ about }) => about.kind === "meeting");
  if (whole) return summed(whole);
  const circles = [...new Set(record.turns.map(({ circle }) => circle))];
  return circles.flatMap((circle) => {
    const entry = summaryIn(record, ({ about }) => about.kind === "circle" && about.circle === circle);
    if (entry) return summed(entry);
    const growing = record.growing?.findLast(({ about }) => about.kind === "circle" && about.circle === circle);
    return growing ? sentences(growing.sentences, growing.method === "highlights") : [];
  });
}

function summaryIn({ minutes }: MeetingRecord, fits: (entry: MinutesEntry) => boolean): MinutesEntry | undefined {
  return minutes.findLast((entry) => entry.result.form === "summary" && fits(entry));
}
