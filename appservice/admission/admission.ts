import type { Sight } from "../journal/sight.ts";
import type { Actor, Door, Identity, Issuer } from "../protocol/actor.ts";
import { homeIssuer } from "../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/** An issuer's word on somebody in one room: their name there, and what they may do whatever the meeting is. */
export type Standing = Pick<Actor, "name" | "rights">;

/** One issuer: who its people are, and what they are in a room. Throws where that cannot be learnt now. */
export type Admission = {
  readonly issuer: Issuer;
  /** Whether it may say of this id that somebody is it. Of all others nothing is believed. */
  readonly speaksFor: (id: ParticipantId) => boolean;
  /** Whether they may be in the room's meetings and its call. */
  readonly mayBeIn: (room: RoomId, id: ParticipantId) => Promise<boolean>;
  readonly standing: (room: RoomId, id: ParticipantId) => Promise<Standing>;
  /** What of the room's past they may see. */
  readonly sightOf: (room: RoomId, id: ParticipantId) => Promise<Sight>;
};

const STRANGER: Standing["rights"] = { admitted: false, moderates: false };

/** All issuers together. Whoever is vouched for by none of them is a stranger. */
export class Admissions {
  readonly #issuers: ReadonlyMap<Issuer, Admission>;

  constructor(issuers: readonly Admission[]) {
    this.#issuers = new Map(issuers.map((each) => [each.issuer, each]));
  }

  /** Somebody who asks for something by one of the doors. */
  async actor(room: RoomId, { id, issuer }: Identity, door: Door): Promise<Actor> {
    const standing = await this.#of({ id, issuer })?.standing(room, id);
    return { id, issuer, door, ...(standing ?? { name: id, rights: STRANGER }) };
  }

  /** Somebody who is known by their id alone, from the room or the call: their own issuer speaks for them. */
  here(room: RoomId, id: ParticipantId, door: Door): Promise<Actor> {
    return this.actor(room, { id, issuer: homeIssuer(id) }, door);
  }

  async mayBeIn(room: RoomId, id: ParticipantId): Promise<boolean> {
    return (await this.#of({ id, issuer: homeIssuer(id) })?.mayBeIn(room, id)) ?? false;
  }

  async nameOf(room: RoomId, id: ParticipantId): Promise<string> {
    return (await this.#of({ id, issuer: homeIssuer(id) })?.standing(room, id))?.name ?? id;
  }

  /** What of the room's past somebody may see; null: nothing, for nobody vouches for them. */
  async sightOf(room: RoomId, who: Identity): Promise<Sight | null> {
    return (await this.#of(who)?.sightOf(room, who.id)) ?? null;
  }

  #of({ id, issuer }: Identity): Admission | null {
    const found = this.#issuers.get(issuer);
    return found?.speaksFor(id) ? found : null;
  }
}
