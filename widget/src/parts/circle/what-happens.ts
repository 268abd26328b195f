import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { countdownOf, isStale } from "../../model/meeting/countdown.ts";

export type WhatHappens =
  | { readonly what: "offeredToMe" | "heldMe" | "graceMe" | "grace" | "next"; readonly count: number }
  | { readonly what: "offered" | "offeredHand" | "held"; readonly who: ParticipantId; readonly count: number }
  | { readonly what: "timeShown"; readonly who: ParticipantId }
  | { readonly what: "timeShownMe" | "paused" | "callAway" | "keptMe" | "nextWaits" };

/** The next thing to come by itself, where the ring does not show it already; null where it does. */
export function whatHappens(meeting: MeetingSnapshot, me: ParticipantId, now: number): WhatHappens | null {
  const { phase, paused, waitsForCall, turn } = meeting;
  if (phase !== "circle" && phase !== "between") return null;
  if (waitsForCall) return { what: "callAway" };
  if (paused) return { what: "paused" };
  // Promises nothing “in 0 seconds” when it is overdue.
  if (isStale(meeting, now)) return null;
  const countdown = countdownOf(meeting, now);
  const count = Math.max(0, Math.ceil((countdown?.leftMs ?? 0) / 1000));
  if (turn) {
    const mine = turn.speaker === me;
    const who = turn.speaker;
    if (countdown?.of === "offer") {
      // Somebody who is away gets the time of an offer to come back; a turn by a raised hand is not kept.
      if (turn.hand !== null) return mine ? null : { what: "offeredHand", who, count };
      return mine ? { what: "offeredToMe", count } : { what: "offered", who, count };
    }
    if (countdown?.of === "return") return mine ? { what: "heldMe", count } : { what: "held", who, count };
    if (countdown?.of === "grace") return { what: mine ? "graceMe" : "grace", count };
    if (turn.endsAt !== null && turn.graceEndsAt === null && now >= turn.endsAt)
      return mine ? { what: "timeShownMe" } : { what: "timeShown", who };
  }
  if (phase === "between" && !turn)
    return meeting.nextCircleAt === null ? { what: "nextWaits" } : { what: "next", count };
  if (phase === "circle" && meeting.returns.includes(me) && turn?.speaker !== me) return { what: "keptMe" };
  return null;
}
