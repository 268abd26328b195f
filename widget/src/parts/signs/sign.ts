import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";

/** Reason to call a person back to the page. `turn`: the turn in which it came about, so that each is told once. */
export type Sign = { readonly of: "next" | "word"; readonly turn: number };

export function signOf(meeting: MeetingSnapshot | null, me: ParticipantId): Sign | null {
  const { turn, phase, paused, next } = meeting ?? {};
  if (!turn || phase !== "circle" || paused) return null;
  if (turn.speaker === me) return { of: "word", turn: turn.id };
  return next === me ? { of: "next", turn: turn.id } : null;
}
