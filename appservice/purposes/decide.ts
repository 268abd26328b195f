import type { Actor } from "../protocol/actor.ts";
import type { Purpose, PurposeText } from "../protocol/purposes.ts";
import { type Ruling, refuse } from "../circle/ruling.ts";
import type { PurposeEvent } from "./event.ts";
import { answerOn, type PurposeState } from "./state.ts";

/** Answer of a person. `hash`: of the sentence that they were shown. */
export type AnswerPurpose = {
  readonly actor: Pick<Actor, "id" | "door">;
  readonly purpose: Purpose;
  readonly given: boolean;
  readonly hash: string | null;
  readonly at: number;
};

/**
 * Sentence on a purpose as it may be shown now; `offered` false: it cannot be given. A yes from before `since` is to
 * less. `often`: whoever answers has said yes very often of late.
 */
export type AskedPurpose = {
  readonly texts: readonly PurposeText[];
  readonly offered: boolean;
  readonly since: number;
  readonly often: boolean;
};

/** Rules on an answer: a yes is one to today's sentence, a no is taken at any time. */
export function decidePurpose(
  state: PurposeState,
  { actor, purpose, given, hash, at }: AnswerPurpose,
  { texts, offered, since, often }: AskedPurpose,
): Ruling<PurposeEvent> {
  const text = texts.find((each) => each.hash === hash) ?? null;
  if (given && !offered) return refuse("purpose-not-offered");
  if (given && !text) return refuse("shown-changed");
  const known = answerOn(state, actor.id, purpose);
  const same = known?.given === given && (!given || (known.text?.version === text?.version && known.at >= since));
  if (same) return { accepted: true, events: [] };
  if (given && often) return refuse("purpose-too-often");
  return {
    accepted: true,
    events: [{ type: "purpose-answered", at, who: actor.id, purpose, given, text, door: actor.door }],
  };
}
