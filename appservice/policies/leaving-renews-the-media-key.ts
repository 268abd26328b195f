import { roomAt } from "../protocol/place.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  /** Null where no room is encrypted. */
  readonly mediaKeys: {
    readonly renew: (room: RoomId) => void;
    readonly renewSoon: (room: RoomId) => void;
  } | null;
  readonly meetings: Pick<Meetings, "listen">;
  readonly calls: { readonly tellAnew: (room: RoomId) => void };
  readonly listening: { readonly rekeyed: (room: RoomId) => void };
};

/**
 * Gives an encrypted call a new key when somebody leaves it or its room, and when the scribe is sent away; then tells
 * everybody who is still in it.
 */
export function leavingRenewsTheMediaKey({ news, mediaKeys, meetings, calls, listening }: Deps): void {
  if (!mediaKeys) return;
  news.on("presence", (place, _, connected) => {
    if (!connected) mediaKeys.renewSoon(roomAt(place));
  });
  news.on("left-room", (room) => mediaKeys.renew(room));
  // After the scribe was told to leave: it is not given this one.
  meetings.listen(({ meeting }, happened) => {
    if (happened.some(({ event }) => event.type === "scribe-sent-away")) mediaKeys.renew(meeting.roomId);
  });
  news.on("media-key", (room) => {
    calls.tellAnew(room);
    listening.rekeyed(room);
  });
}
