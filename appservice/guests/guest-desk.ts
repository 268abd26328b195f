import { Allowance } from "../admission/allowance.ts";
import { ProofRefused } from "../admission/proof-refused.ts";
import type { Actor } from "../protocol/actor.ts";
import type { GuestLinkWish, GuestsResponse, KnockResponse } from "../protocol/guests.ts";
import type { DeviceId, Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { GuestLink, GuestLinks } from "../store/guest-links.ts";
import type { Guest, Guests } from "../store/guests.ts";
import { chosenName, looksLike, looksLikeAny } from "./guest-name.ts";

/** The meeting of a room in which one can take a seat now, and the names of those who sit there. */
export type OpenMeeting = { readonly id: MeetingId; readonly names: readonly string[] };

/** A guest's name and what marks it. `number`: their place among guests of such a name. */
export type GuestMark = { readonly name: string; readonly number: number; readonly namesake: boolean };

export type GuestDeskDeps = {
  readonly links: GuestLinks;
  readonly guests: Guests;
  readonly now: () => number;
  readonly languageOf: (room: RoomId) => Language;
  readonly publicUrl: string;
  /** The one that people come for first; none: nobody sits there yet, or the last meeting is over. */
  readonly openMeetings: (room: RoomId) => readonly OpenMeeting[];
  readonly memberNames: (room: RoomId) => Promise<readonly string[]>;
  /** Guests have no device of Matrix to which the keys of an encrypted room could be sent. */
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
  readonly shownName: (room: RoomId, mark: GuestMark) => string;
  /** Tells the room how it stands with a guest: they ask, came in, are out. `decided` null: nobody had a say in it. */
  readonly tell: (guest: Guest, decided: DecidedGuest | null) => void;
  /** Ends seat, session and call of a guest. */
  readonly putOut: (guest: Guest) => void;
};

/** Person who decides on a guest. */
export type GuestHost = Pick<Actor, "id" | "name">;
/** State of a guest before it was decided on them, and the name of who did; null: the room was encrypted. */
export type DecidedGuest = { readonly was: Guest["state"]; readonly by: string | null };

type Knock = { readonly code: string; readonly browser: DeviceId; readonly name?: string | undefined };

/** Most people whom one link brings to the door in a minute. */
const NEW_A_MINUTE = 30;
/** Most people who wait in one room: a keeper can look through no more. */
const MOST_WAITING = 20;
/** Most links of a room that are open at a time. */
const MOST_LINKS = 20;

/** The door for guests: their links, the lobby before the circle, and the way out. Its callers ask who may. */
export class GuestDesk {
  readonly #deps: GuestDeskDeps;
  readonly #newcomers: Allowance;

  constructor(deps: GuestDeskDeps) {
    this.#deps = deps;
    this.#newcomers = new Allowance(NEW_A_MINUTE, deps.now);
  }

  /** Answers somebody before the door, who asks for the first time or still waits. Throws `ProofRefused`. */
  async knock({ code, browser, name }: Knock): Promise<KnockResponse> {
    const { guests, links, now, openMeetings, isEncrypted } = this.#deps;
    const link = links.find(code);
    if (!link) throw new ProofRefused("GUEST_LINK_OVER");
    if (await isEncrypted(link.room)) throw new ProofRefused("ENCRYPTED_ROOM");
    const known = guests.known(link.id, browser);
    if (known?.state === "out") throw new ProofRefused("GUEST_TURNED_AWAY");
    const open = openMeetings(link.room);
    if (known && open.some(({ id }) => id === known.meeting)) {
      if (known.state === "waits") guests.seen(known.id, now());
      return this.#answer(link, known.state === "in" ? "in" : "waits", known.shown);
    }
    const meeting = open.find(({ id }) => id === link.meeting) ?? open[0] ?? null;
    if (isOver(link, meeting)) throw new ProofRefused("GUEST_LINK_OVER");
    const wished = name ?? known?.name;
    if (wished === undefined) return this.#answer(link, "new", null);
    const chosen = chosenName(wished);
    if (chosen === null) throw new ProofRefused("GUEST_NAME");
    if (!meeting) return this.#answer(link, "early", chosen);
    const guest = await this.#takeIn({ link, meeting, browser, name: chosen });
    return this.#answer(link, guest.state === "in" ? "in" : "waits", guest.shown);
  }

  #answer(link: GuestLink, state: KnockResponse["state"], name: string | null): KnockResponse {
    return { state, name, room: link.room, lobby: link.lobby, language: this.#deps.languageOf(link.room) };
  }

  async #takeIn({ link, meeting, browser, name }: Newcomer): Promise<Guest> {
    const { guests, now, memberNames, tell } = this.#deps;
    if (this.#newcomers.take(link.id) !== "granted") throw new ProofRefused("TOO_MUCH");
    const others = () =>
      this.#here(link.room, meeting.id).filter((each) => each.id !== guests.known(link.id, browser)?.id);
    const ofGuests = new Set(others().map(({ shown }) => shown));
    const people = [...(await memberNames(link.room)), ...meeting.names.filter((each) => !ofGuests.has(each))];
    const namesake = await looksLikeAny(name, people);
    // Nothing is waited for from here on: of two who come for one place at once, one gets it.
    this.#refuseIfFull(link, others());
    const shown = this.#unlike(link.room, { name, namesake }, others());
    const { id: ofLink, room, lobby } = link;
    const asking = { link: ofLink, room, browser, name, shown, namesake, meeting: meeting.id };
    const guest = guests.ask({ ...asking, state: lobby ? "waits" : "in" }, now());
    tell(guest, null);
    return guest;
  }

  /** Name as all will see it, told apart from those of other guests. */
  #unlike(room: RoomId, mark: Omit<GuestMark, "number">, others: readonly Guest[]): string {
    const { shownName } = this.#deps;
    const taken = new Set(others.map(({ shown }) => shown));
    let number = others.filter(({ name }) => looksLike(name, mark.name)).length + 1;
    while (taken.has(shownName(room, { ...mark, number }))) number += 1;
    return shownName(room, { ...mark, number });
  }

  /** Guests who sit in a meeting or wait before it. */
  #here(room: RoomId, meeting: MeetingId): Guest[] {
    const { guests, now } = this.#deps;
    return [...guests.seated(room, meeting), ...guests.waiting(room, meeting, now())];
  }

  #refuseIfFull({ id, places }: GuestLink, here: readonly Guest[]): void {
    const waiting = here.filter(({ state }) => state === "waits");
    if (isTaken({ id, places }, here) || waiting.length >= MOST_WAITING) throw new ProofRefused("GUESTS_FULL");
  }

  /**
   * Lets somebody in who waits, or turns them away. Null: nobody waits there by that id any more. `full`: more wait
   * than the link has places, and all of them are taken.
   */
  decide(room: RoomId, id: ParticipantId, lets: boolean, by: GuestHost): Guest | "full" | null {
    const { guests, links, openMeetings } = this.#deps;
    const guest = guests.find(id);
    if (guest?.room !== room || guest.state !== "waits") return null;
    if (!openMeetings(room).some(({ id: meeting }) => meeting === guest.meeting)) return null;
    const link = links.byId(guest.link);
    if (lets && link && isTaken(link, guests.seated(room, guest.meeting))) return "full";
    return this.#become(guest, lets ? "in" : "out", by);
  }

  /**
   * Puts a guest out for good: the link that they came by brings nobody else, nor them again. Null: there is no such
   * guest.
   */
  putOut(room: RoomId, id: ParticipantId, by: GuestHost): Guest | null {
    const { guests, links, now, putOut } = this.#deps;
    const guest = guests.find(id);
    if (guest?.room !== room || guest.state === "out") return null;
    links.close(room, guest.link, now());
    const out = this.#become(guest, "out", by);
    putOut(out);
    return out;
  }

  /** Puts out, or turns away, all guests of a room that is encrypted from now on, and closes its links. */
  encrypted(room: RoomId): Guest[] {
    const { openMeetings, putOut } = this.#deps;
    const here = openMeetings(room).flatMap(({ id }) => this.#here(room, id));
    this.closeLinks(room);
    const out = here.map((guest) => this.#become(guest, "out", null));
    for (const guest of out) putOut(guest);
    return out;
  }

  #become(guest: Guest, state: "in" | "out", by: GuestHost | null): Guest {
    const now = { ...guest, state };
    this.#deps.guests.decide(guest.id, state, by?.id ?? null);
    this.#deps.tell(now, { was: guest.state, by: by?.name ?? null });
    return now;
  }

  /** Makes a link. Null: the room has as many as it may have. */
  makeLink(room: RoomId, by: ParticipantId, wish: GuestLinkWish, asked: string | null = null): string | null {
    const { links, openMeetings, now } = this.#deps;
    if (links.ofRoom(room).length >= MOST_LINKS) return null;
    const link = links.make({ room, by, asked }, { ...wish, meeting: openMeetings(room)[0]?.id ?? null }, now());
    return this.#urlOf(link);
  }

  /** Takes a link back, or all of the room. Guests who came by it stay. Returns how many there were. */
  closeLinks(room: RoomId, only: string | null = null): number {
    const { links, now } = this.#deps;
    const open = links.ofRoom(room).filter(({ id }) => only === null || id === only);
    for (const { id } of open) links.close(room, id, now());
    return open.length;
  }

  /** Meeting in which a guest sits, or before which they wait. Null: there is no such guest. */
  meetingOf(room: RoomId, id: ParticipantId): MeetingId | null {
    const guest = this.#deps.guests.find(id);
    return guest?.room === room ? guest.meeting : null;
  }

  /** Links and guests of a room, as whoever hosts these sees them. */
  list(room: RoomId, hosted: Hosted = ALL): Omit<GuestsResponse, "mayMake"> {
    const { links, guests, openMeetings, now } = this.#deps;
    const open = openMeetings(room).filter(({ id }) => hosted.guest(id));
    const shown = links.ofRoom(room).filter(({ meeting }) => hosted.link(meeting));
    return {
      links: shown.map((link) => {
        const { id, once, lobby, places, madeAt } = link;
        return { id, once, lobby, places, madeAt, url: this.#urlOf(link) };
      }),
      waiting: open.flatMap(({ id }) => guests.waiting(room, id, now()).map(listed)),
      seated: open.flatMap(({ id }) => guests.seated(room, id).map(listed)),
    };
  }

  /** The code stands behind the `#`, where neither a server nor its log sees it. */
  #urlOf(link: GuestLink): string | null {
    const code = this.#deps.links.codeOf(link);
    if (code === null) return null;
    const parameters = new URLSearchParams({ guest: code, roomId: link.room });
    return `${this.#deps.publicUrl}/widget/#${parameters.toString()}`;
  }
}

/** Meetings whose links and guests are shown; a link may be for none yet, or for any. */
type Hosted = {
  readonly link: (meeting: MeetingId | null) => boolean;
  readonly guest: (meeting: MeetingId) => boolean;
};
const ALL: Hosted = { link: () => true, guest: () => true };

type Newcomer = {
  readonly link: GuestLink;
  readonly meeting: OpenMeeting;
  readonly browser: DeviceId;
  readonly name: string;
};

function isTaken({ id, places }: Pick<GuestLink, "id" | "places">, here: readonly Guest[]): boolean {
  return here.filter(({ link, state }) => link === id && state === "in").length >= places;
}

const listed = ({ id, shown: name, namesake, askedAt }: Guest) => ({ id, name, namesake, askedAt });

function isOver({ closedAt, once, meeting: of }: GuestLink, meeting: OpenMeeting | null): boolean {
  return closedAt !== null || (once && of !== null && of !== meeting?.id);
}
