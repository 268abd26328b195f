import { stageWords } from "@mindminder/protocol/circle-stages.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { HandKind } from "@mindminder/protocol/scenario-words.ts";
import type { IconName } from "../../look/icons.tsx";

/** Kinds of hands, in the order in which one thinks of them; the server decides which hand is heard first. */
export const HAND_KINDS = ["clarify", "reply", "point-of-order"] as const satisfies readonly HandKind[];

export const HAND_ICON: Record<HandKind, IconName> = {
  clarify: "question",
  reply: "comment",
  "point-of-order": "flag",
};

export type Hands = {
  /** People who wait to be heard, in order; one who already speaks by their hand is not among them. */
  readonly queue: MeetingSnapshot["hands"];
  readonly mine: HandKind | null;
  /** My place among them, from 1. */
  readonly place: number | null;
  /** The word goes to raised hands now: on the open floor and between circles. */
  readonly rule: boolean;
};

export function handsIn(meeting: MeetingSnapshot, me: ParticipantId): Hands {
  const queue = meeting.hands.filter(({ who }) => who !== meeting.turn?.speaker);
  const at = queue.findIndex(({ who }) => who === me);
  return {
    queue,
    mine: meeting.hands.find(({ who }) => who === me)?.hand ?? null,
    place: at < 0 ? null : at + 1,
    rule:
      meeting.phase === "between" ||
      (meeting.phase === "circle" && meeting.stage !== null && stageWords(meeting.stage).word === "hands"),
  };
}
