import type { Refusal } from "../../../protocol/refusal.ts";
import { mayBeWritten } from "../../agreement.ts";
import type { KindCommand } from "../../command.ts";
import type { Circle } from "../../circle.ts";
import type { Table } from "../contract.ts";
import type { EventOf } from "../words.ts";
import { sourceOf } from "../kind-words.ts";
import { type ConsentData, MOST_REASON } from "./words.ts";

type TakePosition = Extract<KindCommand, { type: "take-position" }>;
type PositionTaken = Extract<EventOf<"consent">, { type: "position-taken" }>;

/** Stands where a reason was: that somebody objected stays known. */
const NO_REASON = "—";

/** An objection without a reason cannot be integrated, so it needs one. */
export function takePosition(
  table: Table,
  circle: Circle<"consent">,
  { actor: { id: by }, position, reason, at, message }: TakePosition,
): Refusal | null {
  if (!circle.ring.includes(by)) return { code: "not-in-circle", detail: {} };
  // A person who is not written down objects aloud.
  const written = mayBeWritten(table.meeting, by);
  if (written && position === "object" && reason.trim() === "") return { code: "objection-needs-reason", detail: {} };
  if (reason.length > MOST_REASON) return { code: "too-long", detail: { most: MOST_REASON } };
  table.add({
    type: "position-taken",
    who: by,
    position,
    reason: written ? reason.trim() : "",
    at,
    ...(message === undefined ? {} : { message }),
  });
  return null;
}

export function positionTaken(
  circle: Circle<"consent">,
  { who, position, reason, at, message }: PositionTaken,
): Circle<"consent"> {
  const stance = { who, position, reason, at, ...(message === undefined ? {} : { message }) };
  return { ...circle, data: { stances: [...circle.data.stances.filter((each) => each.who !== who), stance] } };
}

export function reasonForgotten({ stances }: ConsentData, source: string): ConsentData {
  return {
    stances: stances.map((stance) =>
      sourceOf(stance) === source ? { ...stance, reason: reasonLeft(stance.reason) } : stance,
    ),
  };
}

export function reasonLeft(reason: string): string {
  return reason === "" ? "" : NO_REASON;
}
