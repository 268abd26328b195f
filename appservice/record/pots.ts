import { lastDecisions } from "../circle/decisions.ts";
import type { Meeting } from "../circle/meeting.ts";
import { refuse, type Ruling } from "../circle/ruling.ts";
import type { Actor } from "../protocol/actor.ts";
import { POT_WAITS_MS, type Pot } from "../protocol/pot.ts";
import { may } from "../protocol/rights.ts";
import type { RecordEvent } from "./event.ts";
import type { RecordState } from "./state.ts";

type At = { readonly meeting: Meeting; readonly record: Pick<RecordState, "pots"> };
type Asking = { readonly actor: Actor; readonly at: number };

/** A pot is shown only where a circle of the meeting consented, and its shares are the whole of it. */
export function showPot({ meeting, record }: At, { pot, actor, at }: Asking & { pot: Pot }): Ruling<RecordEvent> {
  if (!may("share-pot", actor, meeting)) return refuse("not-keeper");
  if (!consentedIn(meeting, pot.circle)) return refuse("no-consent");
  const whole = pot.shares.reduce((sum, { amount }) => sum + amount, 0) === pot.amount;
  if (!whole || pot.countsAt < at + POT_WAITS_MS || record.pots.some((each) => each.pot.id === pot.id))
    return refuse("no-shares");
  return { accepted: true, events: [{ type: "pot-shown", at, by: actor.id, door: actor.door, pot }] };
}

/** One objection is enough, as in the circle that decided the rule. */
export function objectToPot(
  { meeting, record }: At,
  { pot: id, actor, at }: Asking & { pot: string },
): Ruling<RecordEvent> {
  if (!may("object-to-pot", actor, meeting)) return refuse("not-in-room");
  const shown = record.pots.find(({ pot }) => pot.id === id);
  if (!shown || shown.objectedBy !== null || at >= shown.pot.countsAt) return refuse("no-pot");
  return { accepted: true, events: [{ type: "pot-objected", at, by: actor.id, door: actor.door, pot: id }] };
}

function consentedIn(meeting: Meeting, circle: number): boolean {
  return lastDecisions(meeting).some((made) => made.circle === circle && made.verdict === "consented");
}
