import { mayHostGuests } from "../assembly/rights.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { GuestsRequest } from "../protocol/guests.ts";
import type { GUEST_ROUTES } from "../protocol/routes/guests.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";
import type { Visitor } from "./visitor.ts";

export type GuestsDeps = {
  readonly meetings: Pick<Meetings, "of">;
  readonly assemblies: Pick<Assemblies, "of">;
  readonly guests: GuestDesk;
};

/** A room's guests and their links, for those who keep its meeting or assembly. */
export function guestHandlers({ meetings, assemblies, guests }: GuestsDeps): Handlers<typeof GUEST_ROUTES> {
  const refuseOthers = ({ actor, room }: Visitor) => {
    if (!mayHostGuests(assemblies.of(room), meetings.of(room)?.meeting ?? null, actor))
      throw new ApiFailure("FORBIDDEN");
  };
  return {
    guests: ({ asking }) => {
      refuseOthers(asking);
      return guests.list(asking.room);
    },
    changeGuests: ({ asking, body }) => {
      refuseOthers(asking);
      change(body, asking, guests);
      return guests.list(asking.room);
    },
  };
}

function change(body: GuestsRequest, { room, actor: by }: Visitor, guests: GuestDesk): void {
  switch (body.type) {
    case "make-link":
      if (!guests.makeLink(room, by.id, body)) throw new ApiFailure("MANY_GUEST_LINKS");
      return;
    case "close-link":
      return void guests.closeLinks(room, body.link);
    case "put-out":
      if (!guests.putOut(room, body.guest, by)) throw new ApiFailure("NO_SUCH_GUEST");
      return;
    default: {
      const decided = guests.decide(room, body.guest, body.type === "let-in", by);
      if (decided === null) throw new ApiFailure("NO_SUCH_GUEST");
      if (decided === "full") throw new ApiFailure("GUESTS_FULL");
    }
  }
}
