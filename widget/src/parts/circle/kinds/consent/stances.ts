import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { Position } from "@mindminder/protocol/scenario-words.ts";

export type PersonStance = {
  readonly who: ParticipantId;
  readonly position: Position | "none";
  readonly reason: string;
};

/**
 * Stances of everybody in the ring: objections first, since they are worked with, then consent, then people who have
 * not said.
 */
export function stancesOf(meeting: MeetingSnapshot, { index, stances }: CircleSnapshot): PersonStance[] {
  const asked = index === meeting.circle ? meeting.ring : [];
  const gone = new Set(meeting.people.filter(({ presence }) => presence === "left").map(({ id }) => id));
  const open = asked.filter((who) => !gone.has(who) && !stances.some((stance) => stance.who === who));
  return [
    ...stances.filter(({ position }) => position === "object"),
    ...stances.filter(({ position }) => position === "consent"),
    ...open.map((who) => ({ who, position: "none" as const, reason: "" })),
  ];
}

/** Verdict of the circle; null while it runs. */
export function verdictOf({ status, stances }: CircleSnapshot): "consented" | "objected" | "open" | null {
  if (status !== "done") return null;
  if (stances.some(({ position }) => position === "object")) return "objected";
  return stances.length > 0 ? "consented" : "open";
}
