import type { Comment, MeetingRecord, Segment, Utterance } from "@mindminder/protocol/meeting-record.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

export type SpokenTurn = {
  readonly id: number;
  readonly speaker: ParticipantId;
  readonly text: string;
  /** Its utterances, by which it is corrected. */
  readonly pieces: readonly Utterance[];
  /** Pieces said to the facilitator; they are no part of the text. */
  readonly commands: readonly Segment[];
  /** Why the turn ended; empty while it runs. */
  readonly reason: string;
  /** False while its text may still grow. */
  readonly heard: boolean;
  /** The speaker chose who hears them. */
  readonly withheld: boolean;
  /** Some or all of it was spoken by somebody who had not agreed to be written down. */
  readonly unwritten: boolean;
  readonly withoutScribe: boolean;
};

export type SaidOrTyped =
  | { readonly what: "turn"; readonly turn: SpokenTurn }
  | { readonly what: "comment"; readonly comment: Comment };

export type SpokenCircle = {
  readonly circle: number;
  readonly turns: readonly SpokenTurn[];
  readonly said: readonly SaidOrTyped[];
};

/** Groups speech and comments by circle, in the order in which they came; a running turn shows what is there of it. */
export function spokenByTurn(record: MeetingRecord): SpokenCircle[] {
  const turns = turnsOf(record);
  const circles = [...new Set([...turns, ...record.comments].map(({ circle }) => circle))].sort(
    (one, other) => one - other,
  );
  return circles.map((circle) => {
    const spoken = turns.filter((turn) => turn.circle === circle);
    const typed = record.comments.filter((comment) => comment.circle === circle);
    const said = [
      ...spoken.map(({ turn, at }) => ({ at, what: "turn" as const, turn })),
      ...typed.map((comment) => ({ at: comment.at, what: "comment" as const, comment })),
    ];
    return { circle, turns: spoken.map(({ turn }) => turn), said: said.sort((one, other) => one.at - other.at) };
  });
}

function turnsOf({ turns, utterances }: MeetingRecord): { circle: number; at: number; turn: SpokenTurn }[] {
  const facts = new Map(turns.map((turn) => [turn.id, turn]));
  const heard = Map.groupBy(utterances, ({ turn }) => turn);
  const ids = [...new Set([...facts.keys(), ...heard.keys()])].sort((one, other) => one - other);
  return ids.flatMap((id) => {
    const fact = facts.get(id);
    const pieces = (heard.get(id) ?? []).toSorted((one, other) => one.startedAt - other.startedAt);
    const of = fact ?? pieces[0];
    if (!of) return [];
    const text = pieces
      .map((piece) => piece.text.trim())
      .filter((each) => each !== "")
      .join(" ");
    const commands = pieces.flatMap(({ segments }) => segments.filter(({ kind }) => kind === "command"));
    const turn = {
      id,
      speaker: of.speaker,
      text,
      pieces,
      commands,
      reason: fact?.reason ?? "",
      heard: fact?.heard ?? false,
      withheld: fact?.withheld ?? false,
      unwritten: fact?.unwritten ?? false,
      withoutScribe: fact?.withoutScribe ?? false,
    };
    return [{ circle: of.circle, at: of.startedAt ?? of.endedAt, turn }];
  });
}
