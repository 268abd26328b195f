import type { CirclePlace } from "../protocol/place.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";

/**
 * Names under which LiveKit knows the calls of Matrix rooms. A token opens one name, for as long as LiveKit renews it
 * for its holder; so the call takes another name when a holder is put out, and their token leads nowhere. A call under
 * a name that was given up is ended, and its events are passed over.
 */
export type CallNaming = {
  of(place: CirclePlace): string;
  /** CirclePlace whose call has this name now; null where there is none. */
  placeOf(name: string): CirclePlace | null;
  /** Gives the room's call a new name, for which nobody holds a token yet, and returns the one it had. */
  renew(place: CirclePlace): string;
  /** Names that were given up lately; their calls are to end and to stay ended. */
  givenUp(): string[];
  wasGivenUp(name: string): boolean;
  /** Forgets the names of a room's calls, which another service has from now on. */
  letGo(room: RoomId): void;
  /** Reads the names of a room's calls, which another service had until now. */
  comeIn(room: RoomId): void;
  /** Notes that somebody is about to be handed a token for the room's call under its present name. */
  admit(place: CirclePlace, participant: ParticipantId): void;
  /** Tells whether somebody was handed a token for the call under its present name. */
  mayHaveToken(place: CirclePlace, participant: ParticipantId): boolean;
};
