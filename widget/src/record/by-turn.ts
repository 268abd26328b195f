import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";

export type SpokenTurn = {
  readonly id: number;
  readonly speaker: ParticipantId;
  readonly text: string;
  /** Why the turn ended; empty while it runs. */
  readonly reason: string;
  /** False while its text may still grow. */
  readonly heard: boolean;
};

export type SpokenCircle = { readonly circle: number; readonly turns: readonly SpokenTurn[] };

/** What was said, by circle and turn in the order in which it happened; a running turn shows what is there of it. */
export function spokenByTurn({ turns, utterances }: MeetingRecord): SpokenCircle[] {
  const facts = new Map(turns.map((turn) => [turn.id, turn]));
  const said = Map.groupBy(utterances, ({ turn }) => turn);
  const ids = [...new Set([...facts.keys(), ...said.keys()])].sort((one, other) => one - other);
  const spoken = ids.flatMap((id) => {
    const turn = facts.get(id);
    const pieces = said.get(id) ?? [];
    const of = turn ?? pieces[0];
    if (!of) return [];
    const text = pieces.toSorted((one, other) => one.startedAt - other.startedAt).map((piece) => piece.text.trim()).join(" ");
    return [{ circle: of.circle, id, speaker: of.speaker, text, reason: turn?.reason ?? "", heard: turn?.heard ?? false }];
  });
  return [...Map.groupBy(spoken, ({ circle }) => circle)].map(([circle, inCircle]) => ({ circle, turns: inCircle }));
}
