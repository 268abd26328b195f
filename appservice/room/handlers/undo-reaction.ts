import type { Assembly } from "../../assembly/assembly.ts";
import { heldRings } from "../../assembly/held-rings.ts";
import type { EventId, MeetingId } from "../../protocol/identity.ts";
import type { Admissions } from "../../admission/admission.ts";
import type { Assemblies } from "../../journal/assemblies.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Reactions } from "../../store/reactions.ts";
import { parsePressed, type Pressed } from "../pressed.ts";
import type { RoomEventOf } from "../room-event.ts";
import { isTooOld } from "../too-old.ts";
import { answerAgreement, type AgreementAnswerDeps } from "./agreement-answer.ts";
import { type CircleControlDeps, standsSince, useControl } from "./circle-control.ts";
import { type MinutesMarkDeps, undoMark } from "./minutes-mark.ts";
import type { Presser } from "./presser.ts";

type AgreementUndoneDeps = AgreementAnswerDeps & {
  readonly assemblies: Pick<Assemblies, "of">;
  readonly meetings: Pick<Meetings, "placesIn">;
};

type UndoDeps = AgreementUndoneDeps & CircleControlDeps & MinutesMarkDeps;

export type UndoReactionDeps = UndoDeps & {
  readonly reactions: Pick<Reactions, "find" | "forget">;
  readonly inbox: Pick<Inbox, "handling">;
  readonly admissions: Pick<Admissions, "here">;
  readonly meetings: Pick<Meetings, "readByAndBy">;
  readonly wallClock: () => number;
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
  const parsed = parsePressed(kept.control);
  // As with pressing: the circle has moved on.
  const pressed = parsed?.kind === "control" && isTooOld(event, deps.wallClock) ? null : parsed;
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
      if (pressed.mark === "✅") takeBackYes(pressed.meeting, who, deps);
      return;
    case "mark":
      return undoMark(pressed, who, deps);
    case "control":
      return takeBackControl(pressed, who, deps);
  }
}

/** Takes back what came of this very sign: not a later hand or pause, nor one of another meeting. */
function takeBackControl(
  { control, made }: Extract<Pressed, { kind: "control" }>,
  who: Presser,
  deps: CircleControlDeps,
): void {
  const meeting = deps.meetings.of(deps.meetings.placeFor(who.room, who.actor.id))?.meeting;
  if (made === null || meeting?.id !== made.meeting) return;
  if (standsSince(control, meeting, who.actor.id) === made.since) useControl(control, false, who, deps);
}

/**
 * Takes a yes back wherever it holds: in the meeting under whose question it was pressed, if it is the newest there,
 * and in the ring in which its person sits by now, if that is of the same assembly. A yes goes along from ring to ring.
 */
function takeBackYes(pressed: MeetingId, who: Presser, deps: AgreementUndoneDeps): void {
  const { meetings, assemblies } = deps;
  const assembly = assemblies.of(who.room);
  const own = meetings.of(meetings.placeFor(who.room, who.actor.id))?.meeting.id;
  const cameAlong = own !== undefined && isOf(assembly, own) && isOf(assembly, pressed);
  for (const place of meetings.placesIn(who.room)) {
    const id = meetings.of(place)?.meeting.id;
    if (id === pressed || (cameAlong && id === own)) answerAgreement(false, { ...who, place }, deps);
  }
}

function isOf(assembly: Assembly | null, meeting: MeetingId): boolean {
  return assembly !== null && heldRings(assembly).some((ring) => ring.meeting === meeting);
}
