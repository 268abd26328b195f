import { RoomServiceClient, ServerError, TrackSource, TrackType, type ParticipantInfo, type TrackInfo } from "livekit-server-sdk";
import { ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { Track } from "./gate-rules.ts";
import type { LiveKitConnection } from "./options.ts";
import { PERSON_PERMISSION, SERVER_TOKEN_SECONDS, serverToken, SILENCED_PERMISSION } from "./tokens.ts";

/** A person in a call as LiveKit tells of them; `sid` names this one connection of theirs. */
export interface Person {
  readonly id: ParticipantId;
  readonly sid: string;
  /** Milliseconds since the epoch, by LiveKit's clock. */
  readonly joinedAt: number;
  readonly mayPublish: boolean;
  readonly tracks: readonly Track[];
}

/** What we ask of LiveKit's server, in our own words. */
export type LiveKitServer = ReturnType<typeof livekitServer>;

/** Without anybody in it a room is kept this long, in seconds: enough for a reload of the page or a broken connection. */
const KEEP_EMPTY = 300;

export function livekitServer({ internalUrl, ...keys }: LiveKitConnection) {
  const doors = new Map<RoomId, { api: RoomServiceClient; openedAt: number }>();

  async function open(room: RoomId): Promise<RoomServiceClient> {
    const token = await serverToken(keys, room);
    const api = new RoomServiceClient(internalUrl, undefined, undefined, { token, requestTimeout: 4, failover: false });
    doors.set(room, { api, openedAt: Date.now() });
    return api;
  }

  /** Signing each request anew would cost a pass milliseconds; a token is renewed before it ends, aside from any request. */
  async function door(room: RoomId): Promise<RoomServiceClient> {
    const known = doors.get(room);
    const age = known ? (Date.now() - known.openedAt) / 1_000 : Infinity;
    // A token from the future is refused as well: the clock has been set back.
    if (!known || age < 0 || age > SERVER_TOKEN_SECONDS * 0.9) return open(room);
    if (age > SERVER_TOKEN_SECONDS / 2) void open(room);
    return known.api;
  }

  return {
    /** Does nothing if it is there already. */
    async createRoom(room: RoomId, metadata: string): Promise<void> {
      const api = await door(room);
      await api.createRoom({ name: room, metadata, emptyTimeout: KEEP_EMPTY, departureTimeout: KEEP_EMPTY });
    },
    async setMetadata(room: RoomId, metadata: string): Promise<void> {
      const api = await door(room);
      await api.updateRoomMetadata(room, metadata);
    },
    /** Nobody is in a room that does not exist. */
    async people(room: RoomId): Promise<Person[]> {
      const api = await door(room);
      const everybody = await api.listParticipants(room).catch(unlessMissing<ParticipantInfo[]>([]));
      return everybody.flatMap((info) => personFrom(info) ?? []);
    },
    async setMuted(room: RoomId, id: ParticipantId, track: string, muted: boolean): Promise<void> {
      const api = await door(room);
      await api.mutePublishedTrack(room, id, track, muted);
    },
    async setMayPublish(room: RoomId, id: ParticipantId, may: boolean): Promise<void> {
      const api = await door(room);
      await api.updateParticipant(room, id, { permission: may ? PERSON_PERMISSION : SILENCED_PERMISSION });
    },
    async remove(room: RoomId, id: ParticipantId): Promise<void> {
      const api = await door(room);
      await api.removeParticipant(room, id).catch(unlessMissing<void>(undefined));
    },
  };
}

export function isMissing(error: unknown): boolean {
  return error instanceof ServerError && error.status === 404;
}

function unlessMissing<T>(otherwise: T) {
  return (error: unknown): T => {
    if (isMissing(error)) return otherwise;
    throw error;
  };
}

/** Null for our own hidden participants and whatever else is no person. */
export function personFrom(info: ParticipantInfo): Person | null {
  const id = ParticipantId.safeParse(info.identity);
  if (!id.success) return null;
  return {
    id: id.data,
    sid: info.sid,
    joinedAt: Number(info.joinedAtMs) || Number(info.joinedAt) * 1000,
    mayPublish: info.permission?.canPublish ?? true,
    tracks: info.tracks.map(trackFrom),
  };
}

function trackFrom(info: TrackInfo): Track {
  return {
    sid: info.sid,
    kind: info.type === TrackType.AUDIO ? "audio" : "video",
    source: info.source === TrackSource.MICROPHONE ? "microphone" : info.source === TrackSource.CAMERA ? "camera" : "other",
    open: !info.muted,
  };
}
