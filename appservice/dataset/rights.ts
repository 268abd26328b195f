import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Purpose } from "../protocol/purposes.ts";
import { wordingOf } from "../purposes/purpose-texts.ts";
import { answerOn, type PurposeState } from "../purposes/state.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { ConsentRow, DatasetPurpose } from "./rows.ts";

/** Rights that people of a room give, for a set of one purpose. */
export type Rights = {
  /** Words of somebody may be in the set. */
  readonly words: (who: ParticipantId) => boolean;
  /** Their sound, too. */
  readonly sound: (who: ParticipantId) => boolean;
};

/** Everybody of a room who ever answered. */
export function answeredIn(state: PurposeState): ParticipantId[] {
  return Object.keys(state) as ParticipantId[];
}

export function rightsIn(state: PurposeState, purpose: DatasetPurpose): Rights {
  const words = (who: ParticipantId) => isAllowed(state, who, purpose);
  return { words, sound: (who) => words(who) && isAllowed(state, who, "sound") };
}

/** A yes to an earlier sentence, which meant something else, is none. */
function isAllowed(state: PurposeState, who: ParticipantId, purpose: Purpose): boolean {
  const answer = answerOn(state, who, purpose);
  return answer?.given === true && (answer.text?.version ?? 1) === wordingOf(purpose);
}

/** Answers on which somebody's part of the set rests. */
export function consentRows(
  state: PurposeState,
  {
    room,
    who,
    purpose,
    pseudonyms,
  }: { room: RoomId; who: ParticipantId; purpose: DatasetPurpose; pseudonyms: Pseudonyms },
): ConsentRow[] {
  return ([purpose, "sound"] as const).flatMap((each): ConsentRow[] => {
    const answer = answerOn(state, who, each);
    if (!answer?.given) return [];
    return [
      {
        speaker: pseudonyms.person(who),
        room: pseudonyms.room(room),
        purpose: each,
        given_at: new Date(answer.at).toISOString(),
        text_version: answer.text?.version ?? null,
        text_sha256: answer.text?.hash ?? null,
      },
    ];
  });
}
