import { stageWords } from "@mindminder/protocol/circle-stages.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { countdownOf } from "./countdown.ts";

export type MyTurn =
  | { readonly when: "next" }
  | { readonly when: "later"; readonly inMs: number; readonly kept: boolean }
  | { readonly when: "done" };

/**
 * My turn in this circle, and the time until it if everybody uses theirs; null when I have no place in it or speak now.
 */
export function myTurn(meeting: MeetingSnapshot | null, me: ParticipantId, now: number): MyTurn | null {
  if (meeting?.phase !== "circle" || meeting.turn?.speaker === me || !meeting.ring.includes(me)) return null;
  const kept = meeting.returns.includes(me);
  if (meeting.next === me) return { when: "next" };
  // In a stage without seats a raised hand brings the word, and nobody's turn comes by itself.
  if (meeting.stage !== null && !stageWords(meeting.stage).seats) return null;
  const queue = stillToSpeak(meeting);
  const before = queue.indexOf(me);
  if (before < 0) return { when: "done" };
  const perTurn = (meeting.circles[meeting.circle ?? -1]?.secondsPerTurn ?? 0) * 1000;
  const now_ = countdownOf(meeting, now);
  const rest =
    now_?.of === "turn" || now_?.of === "standing" || now_?.of === "stage"
      ? now_.leftMs
      : now_?.of === "grace"
        ? 0
        : perTurn;
  return { when: "later", inMs: rest + before * perTurn, kept };
}

/** People still to speak, in order: first those who have not spoken yet, then those who keep a turn. */
function stillToSpeak({ ring, done, returns, turn, people }: MeetingSnapshot): ParticipantId[] {
  const gone = new Set(people.filter(({ presence }) => presence === "left").map(({ id }) => id));
  const open = (id: ParticipantId) => id !== turn?.speaker && !gone.has(id);
  return [...ring.filter((id) => open(id) && !done.includes(id) && !returns.includes(id)), ...returns.filter(open)];
}
