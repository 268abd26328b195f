import type { EventId } from "../../protocol/identity.ts";
import type { Admissions } from "../../admission/admission.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Reactions } from "../../store/reactions.ts";
import { parsePressed, type Pressed } from "../pressed.ts";
import type { RoomEventOf } from "../room-event.ts";
import { answerAgreement, type AgreementAnswerDeps } from "./agreement-answer.ts";
import { type CircleControlDeps, useControl } from "./circle-control.ts";
import { type MinutesMarkDeps, undoMark } from "./minutes-mark.ts";
import type { Presser } from "./presser.ts";

type UndoDeps = AgreementAnswerDeps & CircleControlDeps & MinutesMarkDeps;

export type UndoReactionDeps = UndoDeps & {
  readonly reactions: Pick<Reactions, "find" | "forget">;
  readonly inbox: Pick<Inbox, "handling">;
  readonly admissions: Pick<Admissions, "here">;
  readonly meetings: Pick<Meetings, "readByAndBy">;
};

/** Undoes, where it can be undone, the work of a reaction that was taken back. */
export async function undoReaction(
  event: RoomEventOf<"m.room.redaction">,
  redacted: EventId,
  deps: UndoReactionDeps,
): Promise<void> {
  const { reactions, inbox, admissions } = deps;
  const kept = reactions.find(redacted);
  // A moderator may clear away another's reaction; that says nothing of its owner's wish.
  if (!kept || kept.sender !== event.sender) return;
  const pressed = parsePressed(kept.control);
  const actor = await admissions.here(event.room_id, event.sender, "reaction");
  // Bit by bit, as where it was pressed.
  if (pressed?.kind === "mark") await deps.meetings.readByAndBy(event.room_id, pressed.item.meeting);
  inbox.handling(event.event_id, () => {
    reactions.forget(redacted);
    if (pressed) undo(pressed, { room: event.room_id, actor }, deps);
  });
}

function undo(pressed: Pressed, who: Presser, deps: UndoDeps): void {
  switch (pressed.kind) {
    case "agreement":
      if (pressed.mark === "✅" && deps.meetings.of(who.room)?.meeting.id === pressed.meeting)
        answerAgreement(false, who, deps);
      return;
    case "mark":
      return undoMark(pressed, who, deps);
    case "control":
      return useControl(pressed.control, false, who, deps);
  }
}
