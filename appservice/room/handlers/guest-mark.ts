import type { Admissions } from "../../admission/admission.ts";
import { mayHostGuestsOf } from "../../assembly/rights.ts";
import type { Assemblies } from "../../journal/assemblies.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Outbox } from "../../journal/outbox.ts";
import { translateTo } from "../../language/translate.ts";
import type { Actor } from "../../protocol/actor.ts";
import type { EventId, Language, MeetingId, ParticipantId, RoomId } from "../../protocol/identity.ts";
import { markOf } from "../marks.ts";
import type { RoomEventOf } from "../room-event.ts";
import { type SayDeps, sayInRoom } from "../say-in-room.ts";

export type GuestMarkDeps = SayDeps & {
  readonly admissions: Pick<Admissions, "here">;
  readonly meetings: Pick<Meetings, "of">;
  readonly assemblies: Pick<Assemblies, "of">;
  readonly outbox: Pick<Outbox, "postOf" | "want">;
  readonly inbox: Pick<Inbox, "handling">;
  readonly languageOf: (room: RoomId) => Language;
  readonly meetingOfGuest: (room: RoomId, guest: ParticipantId) => MeetingId | null;
  /** `full`: all places of the link by which they came are taken. */
  readonly decideGuest: (room: RoomId, guest: ParticipantId, lets: boolean, by: Actor) => "done" | "full";
};

/**
 * Lets a guest in who waits, by ✅ under the message that says so, or turns them away by ❌. True where it is such a
 * message.
 */
export async function guestMarked(
  { room_id: room, sender, event_id: event }: RoomEventOf<"m.reaction">,
  { key, target }: { readonly key: string; readonly target: EventId },
  deps: GuestMarkDeps,
): Promise<boolean> {
  const post = deps.outbox.postOf(target);
  if (post?.key.kind !== "guest" || post.scope.kind !== "room" || post.scope.room !== room) return false;
  const { who } = post.key;
  const mark = markOf(key);
  if (mark !== "✅" && mark !== "❌") return true;
  const actor = await deps.admissions.here(room, sender, "reaction");
  deps.inbox.handling(event, () => {
    const [assembly, meeting] = [deps.assemblies.of(room), deps.meetings.of(room)?.meeting ?? null];
    const isAllowed = mayHostGuestsOf(deps.meetingOfGuest(room, who), assembly, meeting, actor);
    if (isAllowed && deps.decideGuest(room, who, mark === "✅", actor) === "done") return;
    const t = translateTo(deps.languageOf(room));
    const reason = t(isAllowed ? "guest.full" : "refusal.not-keeper");
    const refused = t("reaction.refused", { name: actor.name, reaction: mark, reason });
    sayInRoom(room, { kind: "refused", event }, [refused], deps);
  });
  return true;
}
