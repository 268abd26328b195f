import type { Floor } from "../circle/floor.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { OutOfTurn } from "../protocol/out-of-turn.ts";

/** A publication in the call, as far as the gate cares. */
export type Track = {
  readonly sid: string;
  readonly kind: "audio" | "video";
  readonly source: "microphone" | "camera" | "screen" | "other";
  /** True while it is not muted, so that its sound or picture is passed on to everybody. */
  readonly open: boolean;
};

/** One person in the call, with what the gate remembers of them in this turn. */
export type GatePerson = {
  readonly id: ParticipantId;
  readonly mayPublish: boolean;
  /** True where they came without a microphone, to listen: one is theirs with their first turn. */
  readonly cameToListen: boolean;
  readonly tracks: readonly Track[];
  /** Deed out of turn that was not answered yet. */
  readonly offence: Offence | null;
  /** True from the loss of the right to publish until the floor comes to them again. */
  readonly shutOut: boolean;
  /** Microphones that were open already in this turn. Muting one's own (to cough) is respected. */
  readonly opened: ReadonlySet<string>;
  /** Tracks that count as closed, and that LiveKit may have opened for us late. */
  readonly perhapsOpen: ReadonlySet<string>;
  /**
   * Tracks that the open floor found open: opened for a turn, and closed once. Opened again by hand, they stay open.
   */
  readonly toClose: ReadonlySet<string>;
};

export type Offence = OutOfTurn;

export type Action =
  /** Offence is null for somebody who was shut out before and came in anew. */
  | { readonly type: "revoke"; readonly offence: Offence | null }
  | { readonly type: "grant" }
  | { readonly type: "mute"; readonly track: string }
  | { readonly type: "unmute"; readonly track: string };

export function mayBeHeard(floor: Floor, id: ParticipantId): boolean {
  return floor.mode === "open" || (floor.mode === "speaker" && floor.speaker === id);
}

/** A microphone and a shown screen speak to everybody; a camera only shows a face, and is nobody's business. */
export function followsTheFloor({ kind, source }: Track): boolean {
  return kind === "audio" || source === "screen";
}

/** Tells whether the track has to be closed for nobody to hear or see it. */
export function isPerhapsOpen({ perhapsOpen }: Pick<GatePerson, "perhapsOpen">, { sid, open }: Track): boolean {
  return open || perhapsOpen.has(sid);
}

/** Lists the actions after which this person is heard, and their screen seen, if and only if the floor is theirs. */
export function wanted(floor: Floor, person: GatePerson): Action[] {
  if (person.offence && person.mayPublish) return [{ type: "revoke", offence: person.offence }];

  if (!mayBeHeard(floor, person.id)) {
    // A person who was shut out stays so on a new connection: their token says nothing of it.
    if (person.shutOut && person.mayPublish) return [{ type: "revoke", offence: null }];
    return person.tracks
      .filter((track) => isPerhapsOpen(person, track) && followsTheFloor(track))
      .map((track) => ({ type: "mute", track: track.sid }));
  }
  if (!person.mayPublish)
    return person.shutOut || (person.cameToListen && floor.mode === "open") ? [] : [{ type: "grant" }];
  // On an open floor everybody opens their own microphone; nobody's is opened for them, nor left open after their turn.
  if (floor.mode === "open")
    return person.tracks
      .filter((track) => isPerhapsOpen(person, track) && person.toClose.has(track.sid))
      .map(({ sid }) => ({ type: "mute", track: sid }));
  return person.tracks
    .filter((track) => track.kind === "audio" && !track.open && !person.opened.has(track.sid))
    .map((track) => ({ type: "unmute", track: track.sid }));
}

/**
 * Limit of tracks: microphone, camera and screen, each with its successor; more would be sent to everybody and shown to
 * nobody.
 */
const TRACKS_AT_MOST = 6;

/** Names the offence in a track that has just been published or opened; null where there is none. */
export function offenceOf(
  floor: Floor,
  person: GatePerson,
  track: Track,
  how: "published" | "unmuted",
): Offence | null {
  const expected = track.kind === "audio" ? ["microphone"] : ["camera", "screen"];
  if (!expected.includes(track.source)) return "unexpected-source";
  if (person.tracks.length > TRACKS_AT_MOST) return "too-many-tracks";
  if (!followsTheFloor(track) || !track.open || mayBeHeard(floor, person.id)) return null;
  if (how === "unmuted") return "unmuted-out-of-turn";
  const another =
    track.kind === "audio" && person.tracks.some((other) => other.kind === "audio" && other.sid !== track.sid);
  return another ? "second-microphone" : "published-out-of-turn";
}
