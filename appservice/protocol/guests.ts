import { z } from "zod";
import { DeviceId, GuestId, Instant, Language, RoomId } from "./identity.ts";
import { NAMESPACE } from "./namespace.ts";

const own = (name: string) => `${NAMESPACE}.${name}`.toUpperCase();

/** Codes (`errcode`) by which a guest's page knows why nobody comes in. */
export const GUEST_ERRORS = {
  /** The link opens nothing: it was taken back, its meeting is over, or there never was such a link. */
  over: own("guest_link_over"),
  full: own("guests_full"),
  turnedAway: own("guest_turned_away"),
  name: own("guest_name"),
  waits: own("guest_waits"),
} as const;

/** Code of a link for guests: at least 128 bits of chance, in base64url. */
const GuestCode = z.string().regex(/^[\w-]{22,86}$/);

/** Proof of a guest who was let in: the link's code, and the browser that asked by it. */
export const GuestProof = z.object({ issuer: z.literal("guest"), code: GuestCode, browser: DeviceId });

/**
 * `POST /guest`: somebody stands before the door. Without a name they look whether the link opens anything, and are
 * known again.
 */
export const KnockRequest = z.object({ code: GuestCode, browser: DeviceId, name: z.string().max(400).optional() });

/**
 * `new`: not asked yet. `early`: nobody sits there yet; ask again. `waits`: in the lobby; ask again. `in`: a session is
 * to be had now.
 */
export const KnockResponse = z.object({
  state: z.enum(["new", "early", "waits", "in"]),
  /** Name as all will see it; null while none was chosen. */
  name: z.string().nullable(),
  room: RoomId,
  /** True where the keeper lets each in. */
  lobby: z.boolean(),
  language: Language,
});
export type KnockResponse = z.infer<typeof KnockResponse>;

/** Most guests of one link. */
export const MOST_PLACES = 50;

/**
 * A link as its keeper wants it. `once`: for one meeting, otherwise until it is taken back. `places`: guests at a time.
 */
export const GuestLinkWish = z.object({
  once: z.boolean(),
  lobby: z.boolean(),
  places: z.number().int().min(1).max(MOST_PLACES),
});
export type GuestLinkWish = z.infer<typeof GuestLinkWish>;

const LinkId = z.string().regex(/^[0-9a-f]{32}$/);

/** `POST /rooms/ROOM/guests`. */
export const GuestsRequest = z.discriminatedUnion("type", [
  GuestLinkWish.extend({ type: z.literal("make-link") }),
  z.object({ type: z.literal("close-link"), link: LinkId }),
  z.object({ type: z.enum(["let-in", "turn-away", "put-out"]), guest: GuestId }),
]);
export type GuestsRequest = z.infer<typeof GuestsRequest>;

const ShownGuest = z.object({
  id: GuestId,
  name: z.string(),
  /** True where a member of the room, or somebody who sits there, has a name that looks like theirs. */
  namesake: z.boolean(),
  askedAt: Instant,
});

/** Answer to both requests about a room's guests. */
export const GuestsResponse = z.object({
  /** Says whether whoever asks may make a link: while links lead into an assembly, hosts of a circle beside it may not. */
  mayMake: z.boolean(),
  links: z.array(
    GuestLinkWish.extend({
      id: LinkId,
      madeAt: Instant,
      /** Address to hand on; null where the service's secret has changed since, and the link is to be made anew. */
      url: z.string().nullable(),
    }),
  ),
  waiting: z.array(ShownGuest),
  seated: z.array(ShownGuest),
});
export type GuestsResponse = z.infer<typeof GuestsResponse>;
