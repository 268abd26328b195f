import type { RingResult, SaidAt } from "../protocol/assembly-record.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { MeetingRecord } from "../protocol/meeting-record.ts";

type Resting = { readonly from: readonly SaidAt[] };

/** People on whose words the results of a ring rest, or who put results of its meeting into other words. */
export function speakersIn(result: RingResult, record: MeetingRecord): ParticipantId[] {
  const { summary, persons, decisions, tasks, questions } = result;
  const all: readonly Resting[] = [...summary, ...persons.flatMap(({ sentences }) => sentences), ...decisions];
  const from = new Set([...all, ...tasks, ...questions].flatMap((each) => each.from.map(({ utterance }) => utterance)));
  const said = [
    ...record.utterances.map(({ id, speaker: who }) => ({ id, who })),
    ...record.comments.map(({ id, who }) => ({ id, who })),
  ];
  return [...said.filter(({ id }) => from.has(id)).map(({ who }) => who), ...record.corrections.map(({ by }) => by)];
}
