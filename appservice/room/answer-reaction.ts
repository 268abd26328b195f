import type { Meeting } from "../circle/meeting.ts";
import { circleKey } from "../journal/post-key.ts";
import { ofMeeting } from "../journal/scope.ts";
import { translateTo } from "../language/translate.ts";
import { type Actor, actorSeen } from "../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { refusalText } from "./answer-command.ts";
import { itemOf, press, type Presser, undoMark } from "./answer-mark.ts";
import type { PersonRequest } from "../circle/command.ts";
import { type Control, controlOf } from "./controls.ts";
import type { FacilitatorDeps } from "./facilitator.ts";
import { markOf } from "./marks.ts";
import { notice } from "./messages/message.ts";
import { formatPressed, parsePressed, type Pressed } from "./pressed.ts";
import type { RoomEventOf } from "./room-event.ts";
import { isTooOld } from "./too-old.ts";

/** Pressing ✋ or ⏸️ again takes the reaction back, and what it did. */
function asked(
  control: Control,
  pressed: boolean,
  { pausedAt, hands }: Meeting,
  by: ParticipantId,
): PersonRequest | null {
  switch (control) {
    case "✋":
      if (pressed) return { type: "raise-hand", hand: "reply" };
      return hands.some(({ who }) => who === by) ? { type: "lower-hand" } : null;
    case "➡️":
      return pressed ? { type: "pass" } : null;
    case "⏭️":
      return pressed ? { type: "skip" } : null;
    case "⏸️":
      if (pressed) return { type: pausedAt === null ? "pause" : "resume" };
      return pausedAt === null ? null : { type: "resume" };
  }
}

/** A reaction on a task, a decision or a question says what became of it; one on the message of the circle that runs, or ran last, is a command. */
export async function answerReaction(event: RoomEventOf<"m.reaction">, options: FacilitatorDeps): Promise<void> {
  const { outbox, meetings, homeserver, reactions, inbox, now, wallClock } = options;
  const { event_id: eventId, room_id: room, sender } = event;
  const { event_id: target, key, rel_type: kind } = event.content["m.relates_to"] ?? {};
  if (
    kind === "m.annotation" &&
    target &&
    key &&
    sender !== homeserver.botId &&
    (await marked(event, key, target, options))
  )
    return;
  if (kind === "m.annotation" && target && key && sender !== homeserver.botId && agreedBy(event, key, target, options))
    return;
  const control = kind === "m.annotation" && key !== undefined ? controlOf(key) : null;
  const meeting = meetings.of(room)?.meeting;
  if (sender === homeserver.botId || !control || !target || !meeting || isTooOld(event, wallClock)) return;
  if (!meeting.circle || target !== outbox.eventOf(ofMeeting(meeting.id), circleKey(meeting.circle.index))) return;
  const actor = await options.admissions.here(room, sender, "reaction");
  inbox.handling(eventId, () => {
    reactions.keep(eventId, { room, sender, control: formatPressed({ kind: "control", control }) }, now());
    act(control, true, { room, actor }, options);
  });
}

/** Undoes, where it can be undone, the work of a reaction that was taken back. */
export async function undoReaction(
  event: RoomEventOf<"m.room.redaction">,
  redacted: string,
  options: FacilitatorDeps,
): Promise<void> {
  const { reactions, inbox, admissions } = options;
  const kept = reactions.find(redacted);
  // A moderator may clear away another's reaction; that says nothing of its owner's wish.
  if (!kept || kept.sender !== event.sender) return;
  const pressed = parsePressed(kept.control);
  const actor = await admissions.here(event.room_id, event.sender, "reaction");
  inbox.handling(event.event_id, () => {
    reactions.forget(redacted);
    if (pressed) undo(pressed, { room: event.room_id, actor }, options);
  });
}

function undo(pressed: Pressed, who: Presser, options: FacilitatorDeps): void {
  switch (pressed.kind) {
    case "agreement":
      if (pressed.mark === "✅" && options.meetings.of(who.room)?.meeting.id === pressed.meeting)
        sayAgreement(false, who.room, who.actor, options);
      return;
    case "mark":
      return undoMark(pressed, who, options);
    case "control":
      return act(pressed.control, false, who, options);
  }
}

/** ✅ under the question whether one's words may be written down is a yes, of whoever presses it; ❌ and taking ✅ back are a no. */
function agreedBy(
  { event_id: id, room_id: room, sender }: RoomEventOf<"m.reaction">,
  key: string,
  target: string,
  options: FacilitatorDeps,
): boolean {
  const { outbox, meetings, reactions, inbox, now } = options;
  const mark = markOf(key);
  const meeting = meetings.of(room)?.meeting;
  if (!meeting || target !== outbox.eventOf(ofMeeting(meeting.id), { kind: "agreement" })) return false;
  if (mark === "☑️" || mark === null) return true;
  inbox.handling(id, () => {
    reactions.keep(
      id,
      { room, sender, control: formatPressed({ kind: "agreement", meeting: meeting.id, mark }) },
      now(),
    );
    sayAgreement(mark === "✅", room, actorSeen(sender, "reaction"), options);
  });
  return true;
}

function sayAgreement(agreed: boolean, room: RoomId, actor: Actor, { meetings, now }: FacilitatorDeps): void {
  const shown = meetings.of(room)?.meeting.agreement?.asks;
  if (shown)
    meetings.send(room, {
      type: "agree",
      agreed,
      shown,
      actor,
      expectedVersion: null,
      at: now(),
    });
}

async function marked(
  event: RoomEventOf<"m.reaction">,
  key: string,
  target: string,
  options: FacilitatorDeps,
): Promise<boolean> {
  const { reactions, inbox, admissions, now } = options;
  const { event_id: eventId, room_id: room, sender } = event;
  const pressed = markOf(key);
  const item = pressed && itemOf(target, options);
  if (!pressed || !item) return false;
  const actor = await admissions.here(room, sender, "reaction");
  inbox.handling(eventId, () => {
    const control = formatPressed(press(pressed, item, { room, actor }, options));
    reactions.keep(eventId, { room, sender, control }, now());
  });
  return true;
}

function act(control: Control, pressed: boolean, { room, actor }: Presser, options: FacilitatorDeps): void {
  const { meetings, now, outbox, poster, languageOf } = options;
  const meeting = meetings.of(room)?.meeting;
  const what = meeting && asked(control, pressed, meeting, actor.id);
  if (!what) return;
  const person = { actor, at: now(), expectedVersion: null };
  const decision = meetings.send(room, { ...what, ...person });
  if (decision.accepted) return;
  const t = translateTo(languageOf(room));
  const nameOf = (id: ParticipantId) => meeting.people.find((each) => each.id === id)?.name ?? id;
  const reason = refusalText(decision.refusal, t, nameOf);
  if (!meeting.circle) return;
  const { index: circle } = meeting.circle;
  // The key makes it once: pressing again in vain is not answered again.
  const key = { kind: "control-refused", circle, by: actor.id, sign: control, code: decision.refusal.code } as const;
  const content = notice([t("reaction.refused", { name: actor.name, reaction: control, reason })]);
  outbox.want([
    { scope: ofMeeting(meeting.id), key, room, thread: circleKey(circle), type: "m.room.message", content },
  ]);
  poster.wake(room);
}
