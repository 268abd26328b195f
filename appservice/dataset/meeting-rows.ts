import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import type { BuildDeps } from "./build-deps.ts";
import type { Clean } from "./clean/cleaner.ts";
import { type Chosen, type Material, pieceId, rightsOf } from "./material.ts";
import { type LeftOut, type UsablePiece, piecesIn } from "./pieces.ts";
import type { SpeechRow, Split } from "./rows.ts";
import type { SoundMover } from "./sound-mover.ts";

/** Pieces whose sound is moved at a time: a server that is far away is asked for several at once. */
const AT_ONCE = 8;

/**
 * Language that nobody knows, as ISO 639-2 names it: a column of nothing would have another type than in other files.
 */
const UNDETERMINED = "und";

export type RowsDeps = Pick<BuildDeps, "purpose" | "pseudonyms"> & {
  readonly material: Material;
  readonly split: Split;
  readonly clean: Clean;
  readonly mover: SoundMover;
  readonly leftOut: Map<LeftOut, number>;
};

export type MadeRow = { readonly row: SpeechRow; readonly utterance: Utterance };

/**
 * Rows of a meeting in the order in which they were said; a piece whose sound is of no use is counted, and left out.
 */
export async function rowsOf(chosen: Chosen, { meeting, record }: LiveMeeting, deps: RowsDeps): Promise<MadeRow[]> {
  const { material, purpose, leftOut } = deps;
  const rights = rightsOf(material, chosen.room, purpose);
  const hasSound = ({ id }: Utterance) => material.pieces.has(pieceId(chosen.meeting, id));
  const pieces = [...piecesIn(meeting, record, { rights, hasSound })].flatMap(({ outcome }) =>
    typeof outcome === "string" ? [] : [outcome],
  );
  const rows: MadeRow[] = [];
  for (let at = 0; at < pieces.length; at += AT_ONCE) {
    const made = await Promise.all(pieces.slice(at, at + AT_ONCE).map((piece) => rowOf(chosen, piece, deps)));
    for (const row of made) {
      if (typeof row === "string") leftOut.set(row, (leftOut.get(row) ?? 0) + 1);
      else rows.push(row);
    }
  }
  return rows;
}

async function rowOf(chosen: Chosen, piece: UsablePiece, deps: RowsDeps): Promise<MadeRow | LeftOut> {
  const { split, clean, mover, pseudonyms, purpose } = deps;
  const { utterance, circleKind, corrections, verified } = piece;
  const id = pieceId(chosen.meeting, utterance.id);
  const moved = await mover.move(chosen, utterance, { id, split });
  if (typeof moved === "string") return moved;
  const [text, heard] = [await clean(piece.text, utterance.language), await clean(piece.textHeard, utterance.language)];
  const { seconds, ...sound } = moved;
  const row: SpeechRow = {
    id,
    meeting: chosen.meeting,
    speaker: pseudonyms.person(utterance.speaker),
    split,
    text: text.text,
    textHeard: heard.text,
    language: utterance.language ?? UNDETERMINED,
    seconds,
    circleKind,
    engine: utterance.engine.id,
    model: utterance.engine.model,
    corrections,
    verified,
    replaced: text.replaced,
    rights: purpose,
    sound,
  };
  return { row, utterance };
}
