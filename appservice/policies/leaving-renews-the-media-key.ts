import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  /** Null where no room is encrypted. */
  readonly mediaKeys: {
    readonly renew: (room: RoomId) => void;
    readonly renewSoon: (room: RoomId) => void;
  } | null;
  readonly calls: { readonly rekeyed: (room: RoomId) => void };
  readonly listening: { readonly rekeyed: (room: RoomId) => void };
};

/**
 * Gives an encrypted call a new key when somebody leaves it or its room, and when it goes on without somebody; then tells everybody
 * who is still in it.
 */
export function leavingRenewsTheMediaKey({ news, mediaKeys, calls, listening }: Deps): void {
  if (!mediaKeys) return;
  news.on("presence", (room: RoomId, _: ParticipantId, connected: boolean) => {
    if (!connected) mediaKeys.renewSoon(room);
  });
  news.on("left-room", (room) => mediaKeys.renew(room));
  news.on("media-key", (room) => {
    calls.rekeyed(room);
    listening.rekeyed(room);
  });
}
