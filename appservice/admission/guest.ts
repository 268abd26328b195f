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
  /** Tells of a room whether nobody may be in it who has no device of Matrix, to which its keys go. */
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
};

/** Milliseconds that a guest's session lasts: a whole meeting, and some time to read its record. */
const SESSION_MS = 6 * 3600_000;

type Seated = { readonly guest: Guest; readonly startedAt: number | null };

/**
 * Guests: nobody vouches for who they are, only that they may sit in one meeting, for as long as it is the room's
 * newest.
 */
export function guestAdmission({ guests, guestLinks, meetingsIn, isEncrypted }: GuestAdmissionDeps): Admission {
  const seated = (room: RoomId, id: ParticipantId): Seated | null => {
    const guest = guests.find(id);
    if (guest?.room !== room || guest.state !== "in") return null;
    const own = meetingsIn(room).find(({ id: meeting }) => meeting === guest.meeting);
    return own ? { guest, startedAt: own.startedAt } : null;
  };
  const admitted = async (room: RoomId, id: ParticipantId): Promise<Seated | null> => {
    const found = seated(room, id);
    return found && !(await isEncrypted(room)) ? found : null;
  };
  return {
    issuer: GUEST,
    speaksFor: isGuest,
    mayBeIn: async (room, id) => (await admitted(room, id)) !== null,
    standing: async (room, id) => {
      const found = await admitted(room, id);
      return { name: found?.guest.shown ?? id, rights: { admitted: found !== null, moderates: false } };
    },
    /** Theirs alone counts: an assembly that runs beside it may have begun long before they came. */
    sightOf: async (room, id) => {
      const found = await admitted(room, id);
      if (!found) return SEES_NOTHING;
      const { guest, startedAt } = found;
      return sightSince(Math.min(startedAt ?? guest.askedAt, guest.askedAt));
    },
    prove: async (proof) => {
      if (proof.issuer !== "guest") return null;
      const link = guestLinks.find(proof.code);
      const guest = link && guests.known(link.id, proof.browser);
      if (!guest) throw new ProofRefused("GUEST_LINK_OVER");
      if (await isEncrypted(guest.room)) throw new ProofRefused("ENCRYPTED_ROOM");
      if (guest.state === "out") throw new ProofRefused("GUEST_TURNED_AWAY");
      if (!seated(guest.room, guest.id)) throw new ProofRefused("GUEST_WAITS");
      return { id: guest.id, room: guest.room, lastsMs: SESSION_MS, opened: () => null };
    },
  };
}
