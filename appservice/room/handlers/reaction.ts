import { circleOf } from "../../circle/meeting.ts";
import type { EventId } from "../../protocol/identity.ts";
import type { Admissions } from "../../admission/admission.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { circleKey } from "../../journal/post-key.ts";
import { ofMeeting } from "../../journal/scope.ts";
import { actorSeen } from "../../protocol/actor.ts";
import type { Reactions } from "../../store/reactions.ts";
import { controlOf } from "../controls.ts";
import type { Homeserver } from "../homeserver.ts";
import { markOf } from "../marks.ts";
import { formatPressed, type Pressed } from "../pressed.ts";
import type { RoomEventOf } from "../room-event.ts";
import { isTooOld } from "../too-old.ts";
import { answerAgreement, type AgreementAnswerDeps } from "./agreement-answer.ts";
import { type CircleControlDeps, standsSince, useControl } from "./circle-control.ts";
import { type AskForOpenDeps, asksForOpen } from "./open-instead.ts";
import { type GuestMarkDeps, guestMarked } from "./guest-mark.ts";
import { itemOf, type MinutesMarkDeps, press } from "./minutes-mark.ts";

type ReactionEvent = RoomEventOf<"m.reaction">;
/** Key of a reaction, and the message it is on. */
type Annotation = { readonly key: string; readonly target: EventId };

export type ReactionDeps = AgreementAnswerDeps &
  AskForOpenDeps &
  CircleControlDeps &
  GuestMarkDeps &
  MinutesMarkDeps & {
    readonly admissions: Pick<Admissions, "here">;
    readonly meetings: Pick<Meetings, "readByAndBy">;
    readonly homeserver: Pick<Homeserver, "botId">;
    readonly inbox: Pick<Inbox, "handling">;
    readonly outbox: Pick<Outbox, "eventOf" | "postOf">;
    readonly reactions: Pick<Reactions, "keep">;
    readonly wallClock: () => number;
  };

/**
 * A reaction on a task, a decision or a question says what became of it; one on the message of the circle that runs, or
 * ran last, is a command; one on the message of a guest who waits lets them in, or not; one on what the bot said in an
 * encrypted room asks for an open one.
 */
export async function answerReaction(event: ReactionEvent, deps: ReactionDeps): Promise<void> {
  const { event_id: target, key, rel_type: kind } = event.content["m.relates_to"] ?? {};
  if (kind !== "m.annotation" || !target || !key || event.sender === deps.homeserver.botId) return;
  const wish = { room: event.room_id, event: event.event_id, who: event.sender };
  if (await asksForOpen(wish, { key, target }, deps)) return;
  if (await guestMarked(event, { key, target }, deps)) return;
  if (await marked(event, { key, target }, deps)) return;
  if (agreedBy(event, { key, target }, deps)) return;
  await controlled(event, { key, target }, deps);
}

async function controlled(event: ReactionEvent, { key, target }: Annotation, deps: ReactionDeps): Promise<void> {
  const { room_id: room, sender } = event;
  const { outbox, meetings, admissions, inbox, wallClock } = deps;
  const control = controlOf(key);
  const place = meetings.placeFor(room, sender);
  const meeting = meetings.of(place)?.meeting;
  const circle = circleOf(meeting);
  if (!control || !meeting || !circle || isTooOld(event, wallClock)) return;
  if (target !== outbox.eventOf(ofMeeting(meeting.id), circleKey(circle.index))) return;
  const actor = await admissions.here(room, sender, "reaction");
  inbox.handling(event.event_id, () => {
    const before = standsSince(control, meeting, sender);
    useControl(control, true, { room, actor }, deps);
    const since = standsSince(control, meetings.of(place)?.meeting, sender);
    const made = since === null || since === before ? null : { meeting: meeting.id, since };
    keep(event, { kind: "control", control, made }, deps);
  });
}

/**
 * ✅ under the question whether one's words may be written down is a yes, of whoever presses it; ❌ and taking ✅ back are
 * a no.
 */
function agreedBy(event: ReactionEvent, { key, target }: Annotation, deps: ReactionDeps): boolean {
  const { room_id: room, sender } = event;
  const { outbox, meetings, inbox } = deps;
  const mark = markOf(key);
  const meeting = meetings.of(meetings.placeFor(room, sender))?.meeting;
  if (!meeting || target !== outbox.eventOf(ofMeeting(meeting.id), { kind: "agreement" })) return false;
  if (mark === "☑️" || mark === null) return true;
  inbox.handling(event.event_id, () => {
    keep(event, { kind: "agreement", meeting: meeting.id, mark }, deps);
    answerAgreement(mark === "✅", { room, actor: actorSeen(sender, "reaction") }, deps);
  });
  return true;
}

async function marked(event: ReactionEvent, { key, target }: Annotation, deps: ReactionDeps): Promise<boolean> {
  const { room_id: room, sender } = event;
  const mark = markOf(key);
  const item = mark && itemOf(target, deps);
  if (!mark || !item) return false;
  const actor = await deps.admissions.here(room, sender, "reaction");
  // A meeting that is long over is read bit by bit; it is at hand then.
  await deps.meetings.readByAndBy(room, item.meeting);
  deps.inbox.handling(event.event_id, () => keep(event, press(mark, item, { room, actor }, deps), deps));
  return true;
}

/** Remembers what taking this reaction back will have to undo. */
function keep(
  { event_id: eventId, room_id: room, sender }: ReactionEvent,
  pressed: Pressed,
  { reactions, now }: Pick<ReactionDeps, "reactions" | "now">,
): void {
  reactions.keep(eventId, { room, sender, control: formatPressed(pressed) }, now());
}
