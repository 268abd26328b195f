import type { ParticipantId } from "../protocol/identity.ts";
import type { Purpose } from "../protocol/purposes.ts";
import type { PurposeEvent } from "./event.ts";

/** Latest answer of somebody on one purpose. */
export type PurposeAnswer = Pick<PurposeEvent, "given" | "text" | "at">;

/** Answers of all people of a room; nobody's is there by default. */
export type PurposeState = {
  readonly [who in ParticipantId]?: { readonly [purpose in Purpose]?: PurposeAnswer };
};

export const NO_ANSWERS: PurposeState = {};

export function evolvePurposes(state: PurposeState, { who, purpose, given, text, at }: PurposeEvent): PurposeState {
  return { ...state, [who]: { ...state[who], [purpose]: { given, text, at } } };
}

export function answerOn(state: PurposeState, who: ParticipantId, purpose: Purpose): PurposeAnswer | null {
  return state[who]?.[purpose] ?? null;
}

/** Latest answers on one purpose, of all who gave any. */
export function answersOn(state: PurposeState, purpose: Purpose): [ParticipantId, PurposeAnswer][] {
  return (Object.keys(state) as ParticipantId[]).flatMap((who): [ParticipantId, PurposeAnswer][] => {
    const answer = answerOn(state, who, purpose);
    return answer ? [[who, answer]] : [];
  });
}

/** Tells whether somebody lets their words or sound be used for this. Nobody who was not asked does. */
export function isGiven(state: PurposeState, who: ParticipantId, purpose: Purpose): boolean {
  return answerOn(state, who, purpose)?.given ?? false;
}
