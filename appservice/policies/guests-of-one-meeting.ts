import type { CircleEvent } from "../circle/event.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import { isGuest } from "../protocol/identity.ts";
import type { GuestLinks } from "../store/guest-links.ts";
import type { Guests } from "../store/guests.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "listen">;
  readonly guestLinks: Pick<GuestLinks, "bind" | "closeOf">;
  readonly guests: Pick<Guests, "ofEarlier">;
  readonly desk: Pick<GuestDesk, "putOut">;
  readonly now: () => number;
};

/**
 * Ties links for one meeting to the one that gathers and closes them with its end; lets guests of the meeting before go
 * when another gathers; and puts out for good whom somebody takes out of the ring.
 */
export function guestsOfOneMeeting({ meetings, ...deps }: Deps): void {
  meetings.listen((live, happened) => {
    for (const entry of happened) if (entry.kind === "circle") follow(entry.event, live, deps);
  });
}

function follow(
  event: CircleEvent,
  { meeting: { id, roomId: room, people }, ring }: LiveMeeting,
  { news, guestLinks, guests, desk, now }: Omit<Deps, "meetings">,
): void {
  switch (event.type) {
    case "meeting-gathered":
      // A ring is no other meeting to whoever was let into the assembly.
      if (ring !== undefined) return;
      guestLinks.bind(room, id);
      for (const guest of guests.ofEarlier(room, id)) news.emit("left-room", room, guest.id);
      return;
    case "meeting-ended":
      return guestLinks.closeOf(id, now());
    case "person-left": {
      const { who, by } = event;
      if (by === undefined || !isGuest(who)) return;
      const name = people.find((each) => each.id === by)?.name ?? by;
      // The meeting hears of it in turn, once this has gone through.
      queueMicrotask(() => void desk.putOut(room, who, { id: by, name }));
      return;
    }
  }
}
