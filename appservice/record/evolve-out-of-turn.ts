import type { RecordEvent } from "./event.ts";
import type { RecordState } from "./state.ts";

/** Number of times from which the room is told: once or twice is a slip of the hand, and the keeper's to know alone. */
export const TELL_ROOM_FROM = 3;

export function spokeOutOfTurn(
  record: RecordState,
  { who, at, circle, what, turn }: Extract<RecordEvent, { type: "spoke-out-of-turn" }>,
): RecordState {
  const before = record.outOfTurn.get(who) ?? { times: 0, circle };
  const times = before.times + 1;
  const first = what === "sound-withheld" && !record.withheld.has(who);
  return {
    ...record,
    withheldTurns: turn === undefined ? record.withheldTurns : new Set(record.withheldTurns).add(turn),
    withheld: first ? new Map(record.withheld).set(who, { circle }) : record.withheld,
    // The message stands in the circle where it happened for the third time: later times change only that message.
    outOfTurn: new Map(record.outOfTurn).set(who, {
      times,
      at,
      circle: times <= TELL_ROOM_FROM ? circle : before.circle,
    }),
  };
}
