import type { Post } from "../../journal/post.ts";
import { ofMeeting } from "../../journal/scope.ts";
import type { MeetingId, RoomId } from "../../protocol/identity.ts";
import type { DrawnGraph } from "../../record/event.ts";

type Picture = NonNullable<DrawnGraph["picture"]>;

/**
 * The map of an encrypted room's meeting, in the meeting's thread: no message can show an encrypted picture within its
 * text.
 */
export function pictureMessage(
  meeting: MeetingId,
  room: RoomId,
  { mxc, mimetype, width, height, size }: Picture,
): Post {
  return {
    scope: ofMeeting(meeting),
    key: { kind: "picture" },
    room,
    thread: { kind: "meeting" },
    type: "m.room.message",
    content: { msgtype: "m.image", body: "graph.png", url: mxc, info: { mimetype, w: width, h: height, size } },
  };
}
