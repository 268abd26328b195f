import { type DecidedGuest, GuestDesk, type GuestMark } from "../guests/guest-desk.ts";
import { type Post, TAKEN_AWAY } from "../journal/post.ts";
import type { PostKey } from "../journal/post-key.ts";
import { ofRoom } from "../journal/scope.ts";
import { type Translate, translateTo } from "../language/translate.ts";
import { type SayDeps, sayInRoom } from "../room/say-in-room.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Language, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { RoomFacts } from "../room/room-facts.ts";
import { meetingsOfGuests } from "./guests-meeting.ts";
import type { Stores } from "../stores.ts";
import type { Guest } from "../store/guests.ts";

export type GuestsPartDeps = SayDeps & {
  readonly stores: Pick<Stores, "guests" | "guestLinks">;
  readonly meetings: Pick<Meetings, "of" | "placesIn" | "send">;
  readonly assemblies: Pick<Assemblies, "of">;
  readonly facts: Pick<RoomFacts, "memberNames" | "isEncrypted">;
  readonly languageOf: (room: RoomId) => Language;
  readonly publicUrl: string;
  readonly now: () => number;
  /** A guest is out: their session and their place in the call end. */
  readonly onGone: (room: RoomId, who: ParticipantId) => void;
};

/** The door for guests, and what the room hears of it. */
export function createGuests(deps: GuestsPartDeps): GuestDesk {
  const { stores, meetings, facts, languageOf, publicUrl, now, onGone } = deps;
  return new GuestDesk({
    links: stores.guestLinks,
    guests: stores.guests,
    now,
    languageOf,
    publicUrl,
    openMeetings: (room) =>
      meetingsOfGuests(room, deps)
        .filter(({ isOver }) => !isOver)
        .map(({ id, people }) => ({ id, names: people.map(({ name }) => name) })),
    memberNames: (room) => facts.memberNames(room),
    isEncrypted: (room) => facts.isEncrypted(room),
    shownName: (room, mark) => shownName(mark, translateTo(languageOf(room))),
    tell: (guest, decided) => tell(guest, decided, deps),
    putOut: ({ room, id: who }) => {
      for (const place of meetings.placesIn(room)) meetings.send(place, { type: "removed", who, at: now() });
      onGone(room, who);
    },
  });
}

function shownName({ name, number, namesake }: GuestMark, t: Translate): string {
  const key = namesake ? "guest.namesake" : "guest.name";
  return number === 1 ? t(key, { name }) : t(`${key}-again`, { name, number });
}

/** Signs under the message of a guest who waits. */
const SIGNS = ["✅", "❌"] as const;

/** One message for each time that somebody asks, changed as it goes on with them. */
function tell(guest: Guest, decided: DecidedGuest | null, deps: GuestsPartDeps): void {
  const { id: who, askedAt: at, room, state, namesake } = guest;
  const t = translateTo(deps.languageOf(room));
  const key: PostKey = { kind: "guest", who, at };
  const lines = [sentence(guest, decided, t), ...(state === "waits" && namesake ? [t("guest.looks-alike")] : [])];
  // Of somebody who did not wait there never were signs to take away.
  const signs = state === "waits" || decided?.was === "waits" ? SIGNS : [];
  const gone = state === "waits" ? {} : { [TAKEN_AWAY]: true };
  const under = signs.map(
    (sign): Post => ({
      scope: ofRoom(room),
      key: { kind: "guest-sign", who, at, sign },
      room,
      thread: key,
      type: "m.reaction",
      content: { key: sign, ...gone },
    }),
  );
  sayInRoom(room, key, lines, deps, under);
}

function sentence({ shown: name, state }: Guest, decided: DecidedGuest | null, t: Translate): string {
  if (!decided) return t(state === "waits" ? "guest.waits" : "guest.came", { name });
  const { by, was } = decided;
  if (by === null) return t("guest.encrypted", { name });
  if (state === "in") return t("guest.let-in", { name, by });
  return t(was === "waits" ? "guest.turned-away" : "guest.put-out", { name, by });
}
