import { hostsSomeGuests, mayHostGuests, mayHostGuestsOf } from "../assembly/rights.ts";
import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { GuestsRequest, GuestsResponse } from "../protocol/guests.ts";
import type { MeetingId } from "../protocol/identity.ts";
import type { GUEST_ROUTES } from "../protocol/routes/guests.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";
import type { Visitor } from "./visitor.ts";

export type GuestsDeps = {
  readonly meetings: Pick<Meetings, "of">;
  readonly assemblies: Pick<Assemblies, "of">;
  readonly guests: GuestDesk;
};

/** Part of a room's guests and links that somebody hosts. */
type Hosting = { readonly links: boolean; readonly guestsOf: (meeting: MeetingId | null) => boolean };

/** A room's guests and their links, for those who keep its meeting or assembly. */
export function guestHandlers({ meetings, assemblies, guests }: GuestsDeps): Handlers<typeof GUEST_ROUTES> {
  /** Refuses whoever hosts nobody. */
  const hostingOf = ({ actor, room }: Visitor): Hosting => {
    const [assembly, meeting] = [assemblies.of(room), meetings.of(room)?.meeting ?? null];
    if (!hostsSomeGuests(assembly, meeting, actor)) throw new ApiFailure("FORBIDDEN");
    return {
      links: mayHostGuests(assembly, meeting, actor),
      guestsOf: (of) => mayHostGuestsOf(of, assembly, meeting, actor),
    };
  };
  return {
    guests: ({ asking }) => listedFor(asking, hostingOf(asking), guests),
    changeGuests: ({ asking, body }) => {
      const hosting = hostingOf(asking);
      change(body, asking, hosting, guests);
      return listedFor(asking, hosting, guests);
    },
  };
}

/** Lists links and guests; to hosts of a circle beside an assembly the links into it, and no others. */
function listedFor({ room }: Visitor, { links, guestsOf }: Hosting, guests: GuestDesk): GuestsResponse {
  const listed = guests.list(room, { link: (of) => links || (of !== null && guestsOf(of)), guest: guestsOf });
  return { ...listed, mayMake: links };
}

function change(body: GuestsRequest, asking: Visitor, hosting: Hosting, guests: GuestDesk): void {
  const { room, actor: by } = asking;
  switch (body.type) {
    case "make-link":
      if (!hosting.links) throw new ApiFailure("FORBIDDEN");
      if (!guests.makeLink(room, by.id, body)) throw new ApiFailure("MANY_GUEST_LINKS");
      return;
    case "close-link":
      if (!hosting.links && !listedFor(asking, hosting, guests).links.some(({ id }) => id === body.link))
        throw new ApiFailure("FORBIDDEN");
      return void guests.closeLinks(room, body.link);
    case "put-out":
      if (!hosting.guestsOf(guests.meetingOf(room, body.guest))) throw new ApiFailure("FORBIDDEN");
      if (!guests.putOut(room, body.guest, by)) throw new ApiFailure("NO_SUCH_GUEST");
      return;
    default: {
      if (!hosting.guestsOf(guests.meetingOf(room, body.guest))) throw new ApiFailure("FORBIDDEN");
      const decided = guests.decide(room, body.guest, body.type === "let-in", by);
      if (decided === null) throw new ApiFailure("NO_SUCH_GUEST");
      if (decided === "full") throw new ApiFailure("GUESTS_FULL");
    }
  }
}
