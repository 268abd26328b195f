import type { Logger } from "pino";
import type { Floor } from "../circle/floor.ts";
import type { CallMetadata } from "../protocol/call-metadata.ts";
import type { CirclePlace } from "../protocol/place.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Offence } from "./gate-rules.ts";
import type { CallKeyring } from "./call-keyring.ts";
import type { CallNaming } from "./call-names.ts";
import type { LiveKit } from "./livekit.ts";
import type { LiveKitConnection } from "./options.ts";

/**
 * `off`: no meeting, nobody watches. `connecting`: LiveKit answers, but out-of-turn speech would not be stopped yet.
 * `guarded`: the floor is kept. `away`: LiveKit does not answer, or refuses us; the call is put right when it does
 * again.
 */
export type CallState = "off" | "connecting" | "guarded" | "away";

export type CallsDeps = {
  livekit: LiveKitConnection;
  /** Reaches that LiveKit; left out: over the network. */
  reached?: (connection: LiveKitConnection) => LiveKit;
  names: CallNaming;
  /** Left out: no call is encrypted. */
  keys?: CallKeyring | undefined;
  log: Logger;
  /** Tells whether an assembly gathers in a room, which all in its call are shown at once. Left out: none ever does. */
  gathers?(room: RoomId): boolean;
  onPresence(change: { place: CirclePlace; participant: ParticipantId; connected: boolean }): void;
  /** Called when somebody spoke out of turn and was silenced until their next turn. */
  onViolation(violation: { place: CirclePlace; participant: ParticipantId; what: Offence }): void;
  /** Tells whether somebody may be in the call of that place; rejects while their issuer does not answer. */
  mayBeIn(place: CirclePlace, participant: ParticipantId): Promise<boolean>;
  /**
   * Tells whether somebody comes with a microphone, where so many are in the call: whoever only listens needs none, and
   * gets the right to one with their first turn. Left out: everybody does.
   */
  hasVoice?(place: CirclePlace, participant: ParticipantId, inCall: number): boolean;
  /**
   * Called when the room's call goes on under another name: our own participants have to follow. `needsNewKey`:
   * somebody was put out of it, who has the present key.
   */
  onMoved?(place: CirclePlace, needsNewKey: boolean): void;
  /** Tells whether a room is this service's; left out: all are. LiveKit tells each service of all calls. */
  isOurs?(room: RoomId): boolean;
  onStatus(status: { place: CirclePlace; state: CallState }): void;
  /** Milliseconds between looks at LiveKit's list, where webhooks alone tell who is in a call. */
  lookAgainMs?: number;
  /** Time that people have to come into a call that goes on under another name, in milliseconds. */
  moveWithinMs?: number;
  /** Time that the watcher stays after a meeting, in milliseconds. */
  watchOnMs?: number;
};

export type WantedCall = {
  floor: Floor;
  metadata: CallMetadata;
  /** True while a meeting runs and the floor is kept; otherwise the floor is open and nobody watches. */
  active: boolean;
  /** True where a meeting ended a moment ago: when we start then, the microphone of its last turn may still be open. */
  justEnded?: boolean;
};
