import { GUEST } from "../protocol/actor.ts";
import { isGuest, type MeetingId, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { GuestLinks } from "../store/guest-links.ts";
import type { Guest, Guests } from "../store/guests.ts";
import { SEES_NOTHING, sightSince } from "../store/sight.ts";
import type { Admission } from "./admission.ts";
import { ProofRefused } from "./proof-refused.ts";

export type GuestAdmissionDeps = {
  readonly guests: Pick<Guests, "find" | "known">;
  readonly guestLinks: Pick<GuestLinks, "find">;
  /** The room's current or last meeting, and one that gathers beside it. */
  readonly meetingsIn: (room: RoomId) => readonly { readonly id: MeetingId; readonly startedAt: number | null }[];
};

/** Milliseconds that a guest's session lasts: a whole meeting, and some time to read its record. */
const SESSION_MS = 6 * 3600_000;

/** Guests: nobody vouches for who they are, only that they may sit in one meeting, for as long as it is the room's newest. */
export function guestAdmission({ guests, guestLinks, meetingsIn }: GuestAdmissionDeps): Admission {
  const seated = (room: RoomId, id: ParticipantId): Guest | null => {
    const guest = guests.find(id);
    if (guest?.room !== room || guest.state !== "in") return null;
    return meetingsIn(room).some(({ id: meeting }) => meeting === guest.meeting) ? guest : null;
  };
  return {
    issuer: GUEST,
    speaksFor: isGuest,
    mayBeIn: async (room, id) => seated(room, id) !== null,
    standing: async (room, id) => {
      const guest = seated(room, id);
      return { name: guest?.shown ?? id, rights: { admitted: guest !== null, moderates: false } };
    },
    /** A meeting that is over before theirs gathered was begun before they asked. */
    sightOf: async (room, id) => {
      const guest = seated(room, id);
      if (!guest) return SEES_NOTHING;
      return sightSince(Math.min(meetingsIn(room)[0]?.startedAt ?? guest.askedAt, guest.askedAt));
    },
    prove: async (proof) => {
      if (proof.issuer !== "guest") return null;
      const link = guestLinks.find(proof.code);
      const guest = link && guests.known(link.id, proof.browser);
      if (!guest) throw new ProofRefused("GUEST_LINK_OVER");
      if (guest.state === "out") throw new ProofRefused("GUEST_TURNED_AWAY");
      if (!seated(guest.room, guest.id)) throw new ProofRefused("GUEST_WAITS");
      return { id: guest.id, room: guest.room, lastsMs: SESSION_MS, opened: () => null };
    },
  };
}
