import type { LiveMeeting } from "../../journal/live-meeting.ts";
import type { Outbox } from "../../journal/outbox.ts";
import type { PostKey } from "../../journal/post-key.ts";
import { ofRoom } from "../../journal/scope.ts";
import { translateTo } from "../../language/translate.ts";
import { answer, notice } from "../messages/message.ts";
import type { Poster } from "../poster.ts";
import { threadOf } from "../relations.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { Full } from "./comment-bounds.ts";

export type TellFullDeps = {
  readonly outbox: Pick<Outbox, "isKnown" | "want">;
  readonly poster: Pick<Poster, "wake">;
};

/** Tells each person whom it concerns once: its key is the same each time. */
export function tellFull(
  full: Full,
  event: RoomEventOf<"m.room.message">,
  { live, circle, name }: { readonly live: LiveMeeting; readonly circle: number; readonly name: string },
  { outbox, poster }: TellFullDeps,
): void {
  const { event_id: eventId, room_id: room, sender } = event;
  const of = full === "person" ? { circle, who: sender } : null;
  const key: PostKey = { kind: "comments-full", meeting: live.meeting.id, of };
  const scope = ofRoom(room);
  if (outbox.isKnown(scope, key)) return;
  const t = translateTo(live.meeting.language);
  const said = notice([full === "person" ? t("comments.full-person", { name }) : t("comments.full-meeting")]);
  const content = answer(said, { eventId, threadRoot: threadOf(event) });
  outbox.want([{ scope, key, room, thread: null, type: "m.room.message", content }]);
  poster.wake(room);
}
