import type { Sight } from "../store/sight.ts";
import type { Actor, Door, Identity, Issuer } from "../protocol/actor.ts";
import { homeIssuer } from "../protocol/actor.ts";
import type { DeviceId, Language, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { SessionProof } from "../protocol/session-proof.ts";
import { ProofRefused } from "./proof-refused.ts";

/** An issuer's word on somebody in one room: their name there, and their rights, whatever the meeting is. */
export type Membership = Pick<Actor, "name" | "rights">;

/** Issuer: it knows who its people are, and what they are in a room. Throws where that cannot be learnt now. */
export type Admission = {
  readonly issuer: Issuer;
  /** Tells whether it may say of this id that somebody is it. Of all others nothing is believed. */
  readonly speaksFor: (id: ParticipantId) => boolean;
  /** Tells whether they may be in the room's meetings and its call. */
  readonly mayBeIn: (room: RoomId, id: ParticipantId) => Promise<boolean>;
  readonly standing: (room: RoomId, id: ParticipantId) => Promise<Membership>;
  /** Sight that they have of the room's past. */
  readonly sightOf: (room: RoomId, id: ParticipantId) => Promise<Sight>;
  /** Person whom a proof shows; null: it is no proof of this issuer's. Throws `ProofRefused`. */
  readonly prove: (proof: SessionProof, device: DeviceId) => Promise<Proven | null>;
};

/** Person who has shown who they are, for one room. */
export type Proven = {
  readonly id: ParticipantId;
  readonly room: RoomId;
  /** A session by this proof lasts so long. */
  readonly lastsMs: number;
  /** Language that they read, where their issuer knows; left out: the room's. */
  readonly language?: Language;
  /**
   * Notes that a session is opened by it; called before that is. Returns what the person's own client is to say in the
   * room; null: nothing. Throws `ProofRefused` where the proof was used up meanwhile.
   */
  readonly opened: () => string | null;
};

const STRANGER: Membership["rights"] = { admitted: false, moderates: false };

/** Issuers together. A person whom none of them vouches for is a stranger. */
export class Admissions {
  readonly #issuers: ReadonlyMap<Issuer, Admission>;

  constructor(issuers: readonly Admission[]) {
    this.#issuers = new Map(issuers.map((each) => [each.issuer, each]));
  }

  /** Actor who asks for something by one of the doors. */
  async actor(room: RoomId, { id, issuer }: Identity, door: Door): Promise<Actor> {
    const standing = await this.#of({ id, issuer })?.standing(room, id);
    return { id, issuer, door, ...(standing ?? { name: id, rights: STRANGER }) };
  }

  /** Actor who is known by their id alone, from the room or the call: their own issuer speaks for them. */
  here(room: RoomId, id: ParticipantId, door: Door): Promise<Actor> {
    return this.actor(room, { id, issuer: homeIssuer(id) }, door);
  }

  async mayBeIn(room: RoomId, id: ParticipantId): Promise<boolean> {
    return (await this.#of({ id, issuer: homeIssuer(id) })?.mayBeIn(room, id)) ?? false;
  }

  async nameOf(room: RoomId, id: ParticipantId): Promise<string> {
    return (await this.#of({ id, issuer: homeIssuer(id) })?.standing(room, id))?.name ?? id;
  }

  /** Sight that somebody has of the room's past; null: none, for nobody vouches for them. */
  async sightOf(room: RoomId, who: Identity): Promise<Sight | null> {
    return (await this.#of(who)?.sightOf(room, who.id)) ?? null;
  }

  /** Throws `ProofRefused`, also where an issuer names somebody for whom it may not speak. */
  async prove(proof: SessionProof, device: DeviceId): Promise<Proven & Identity> {
    const found = this.#issuers.get(proof.issuer);
    const proven = await found?.prove(proof, device);
    if (!found || !proven || !found.speaksFor(proven.id)) throw new ProofRefused("UNPROVEN");
    return { ...proven, issuer: found.issuer };
  }

  #of({ id, issuer }: Identity): Admission | null {
    const found = this.#issuers.get(issuer);
    return found?.speaksFor(id) ? found : null;
  }
}
