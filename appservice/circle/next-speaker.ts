import type { ParticipantId } from "../protocol/identity.ts";
import { nextInCircle } from "./circle.ts";
import { handsRule } from "./kinds/kinds.ts";
import { isRunning, type Meeting } from "./meeting.ts";
import { handsInOrder, ringOf } from "./order.ts";

/** Person who has the word after this turn, as things stand. */
export function nextSpeaker(meeting: Meeting): ParticipantId | null {
  if (!isRunning(meeting)) return null;
  if (handsRule(meeting)) {
    const hand = handsInOrder(meeting).find(({ who }) => who !== meeting.turn?.speaker);
    if (hand) return hand.who;
  }
  if (meeting.phase === "circle") return nextInCircle(meeting.circle)?.who ?? null;
  const planned = meeting.nextStep === null ? undefined : meeting.plan.circles[meeting.nextStep];
  return planned ? (ringOf(meeting, planned)[0] ?? null) : null;
}
