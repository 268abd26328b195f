import { circlesThatRan, type Meeting } from "../circle/meeting.ts";
import { correctionsOf } from "../protocol/correction.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import type { RecordState } from "../record/state.ts";
import { changedCharacters } from "../ledger/changed-characters.ts";
import type { Rights } from "./rights.ts";

/** Seconds of the shortest and the longest piece that recognisers are trained on. */
export const [SHORTEST_S, LONGEST_S] = [0.5, 28];

/** A correction that changes more than this part of the letters was no mishearing: somebody wrote another sentence. */
const MOST_CHANGED = 0.5;

/** Something said of which the set may have the sound, with its text as it is and as it was heard. */
export type UsablePiece = {
  readonly utterance: Utterance;
  readonly text: string;
  readonly textHeard: string;
  readonly circleKind: string;
  readonly corrections: number;
  readonly verified: boolean;
};

/** Reasons for which something said is not in the set. */
export const LEFT_OUT = [
  "not-allowed",
  "corrector-did-not-allow",
  "no-sound",
  "too-short-or-long",
  "rewritten",
  "commands-corrected",
  "empty",
  "sound-unreadable",
  "no-room-left",
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** Judges each utterance of a meeting: a piece, or why it is none. */
export function* piecesIn(
  meeting: Meeting,
  record: RecordState,
  { rights, hasSound }: { rights: Rights; hasSound: (utterance: Utterance) => boolean },
): Generator<{ readonly utterance: Utterance; readonly outcome: UsablePiece | LeftOut }> {
  const kinds = new Map(circlesThatRan(meeting).map(({ index, kind }) => [index, kind]));
  for (const utterance of record.utterances) {
    const judge = (): UsablePiece | LeftOut => {
      if (!rights.sound(utterance.speaker)) return "not-allowed";
      const made = correctionsOf(record.corrections, { of: "utterance", id: utterance.id });
      if (made.some(({ by }) => !rights.words(by))) return "corrector-did-not-allow";
      if (!hasSound(utterance)) return "no-sound";
      const seconds = (utterance.endedAt - utterance.startedAt) / 1_000;
      if (seconds < SHORTEST_S || seconds > LONGEST_S) return "too-short-or-long";
      const hasCommand = utterance.segments.some(({ kind }) => kind === "command");
      // Corrections are of the speech alone, and the sound has the command, too.
      if (hasCommand && made.length > 0) return "commands-corrected";
      const text = hasCommand ? utterance.segments.map((segment) => segment.text).join(" ") : utterance.text;
      const [first] = made;
      const textHeard = first?.of === "utterance" ? first.before : text;
      if (text.trim() === "" || textHeard.trim() === "") return "empty";
      const most = Math.ceil(textHeard.length * MOST_CHANGED) + 1;
      if (changedCharacters(textHeard, text, most) >= most) return "rewritten";
      const confirmed = record.confirmations.some(
        (each) => each.of === "utterance" && each.id === utterance.id && each.corrections === made.length,
      );
      return {
        utterance,
        text,
        textHeard,
        circleKind: kinds.get(utterance.circle) ?? "unknown",
        corrections: made.length,
        verified: made.length > 0 || confirmed,
      };
    };
    yield { utterance, outcome: judge() };
  }
}
