import { stageWords } from "@mindminder/protocol/circle-stages.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { countdownOf } from "./countdown.ts";

export type MyTurn =
  | { readonly when: "next" }
  | { readonly when: "later"; readonly inMs: number; readonly kept: boolean }
  | { readonly when: "done" };

/** When the word comes to me in this circle if everybody uses their time; null when that is no question. */
export function myTurn(meeting: MeetingSnapshot | null, me: ParticipantId, now: number): MyTurn | null {
  if (meeting?.phase !== "circle" || meeting.turn?.speaker === me || !meeting.ring.includes(me)) return null;
  const kept = meeting.returns.includes(me);
  if (meeting.next === me) return { when: "next" };
  // There a raised hand brings the word, and nobody's turn comes by itself.
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

/** In order: who has not spoken yet, then who keeps a turn. */
function stillToSpeak({ ring, done, returns, turn, people }: MeetingSnapshot): ParticipantId[] {
  const gone = new Set(people.filter(({ presence }) => presence === "left").map(({ id }) => id));
  const open = (id: ParticipantId) => id !== turn?.speaker && !gone.has(id);
  return [...ring.filter((id) => open(id) && !done.includes(id) && !returns.includes(id)), ...returns.filter(open)];
}
