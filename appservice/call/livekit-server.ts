import { RoomServiceClient, ServerError, TrackSource, TrackType, type ParticipantInfo, type TrackInfo } from "livekit-server-sdk";
import { z } from "zod";
import { ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { Track } from "./gate-rules.ts";
import type { LiveKitConnection } from "./options.ts";
import { PERSON_PERMISSION, SERVER_TOKEN_SECONDS, serverToken, SILENCED_PERMISSION } from "./tokens.ts";
import { TwirpRefused, twirp } from "./twirp.ts";

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

const MutedTrack = z.object({ track: z.object({}) });

export function livekitServer({ internalUrl, ...keys }: LiveKitConnection) {
  const api = new RoomServiceClient(internalUrl, keys.apiKey, keys.apiSecret, { requestTimeout: 4, failover: false });
  const post = twirp(internalUrl);
  const tokens = new Map<RoomId, { token: string; signedAt: number }>();

  async function sign(room: RoomId): Promise<string> {
    const signedAt = Date.now();
    const token = await serverToken(keys, room);
    tokens.set(room, { token, signedAt });
    return token;
  }

  /** What makes up a pass goes out at once, with a token at hand; it is renewed before it ends, aside from any request. */
  function now(room: RoomId, method: string, body: object): Promise<unknown> {
    const known = tokens.get(room);
    const age = known ? (Date.now() - known.signedAt) / 1_000 : Infinity;
    // A token from the future is refused as well: the clock has been set back.
    if (!known || age < 0 || age > SERVER_TOKEN_SECONDS * 0.9) return sign(room).then((token) => post(method, token, { room, ...body }));
    if (age > SERVER_TOKEN_SECONDS / 2) void sign(room);
    return post(method, known.token, { room, ...body });
  }

  return {
    /** Does nothing if it is there already. */
    async createRoom(room: RoomId, metadata: string): Promise<void> {
      await api.createRoom({ name: room, metadata, emptyTimeout: KEEP_EMPTY, departureTimeout: KEEP_EMPTY });
    },
    async setMetadata(room: RoomId, metadata: string): Promise<void> {
      await now(room, "UpdateRoomMetadata", { metadata });
    },
    async setMuted(room: RoomId, identity: ParticipantId, trackSid: string, muted: boolean): Promise<void> {
      const answer = await now(room, "MutePublishedTrack", { identity, trackSid, muted });
      // Of a track that is not there LiveKit says nothing, and calls that a success.
      if (!MutedTrack.safeParse(answer).success) throw new Error(`${identity} has no track ${trackSid} any more`);
    },
    async setMayPublish(room: RoomId, identity: ParticipantId, may: boolean): Promise<void> {
      await now(room, "UpdateParticipant", { identity, permission: may ? PERSON_PERMISSION : SILENCED_PERMISSION });
    },
    /** Nobody is in a room that does not exist. */
    async people(room: RoomId): Promise<Person[]> {
      const everybody = await api.listParticipants(room).catch(unlessMissing<ParticipantInfo[]>([]));
      return everybody.flatMap((info) => personFrom(info) ?? []);
    },
    async remove(room: RoomId, id: ParticipantId): Promise<void> {
      await api.removeParticipant(room, id).catch(unlessMissing<void>(undefined));
    },
  };
}

export function isMissing(error: unknown): boolean {
  return (error instanceof ServerError || error instanceof TwirpRefused) && error.status === 404;
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
    source: info.source === TrackSource.MICROPHONE ? "microphone"
      : info.source === TrackSource.CAMERA ? "camera"
      : info.source === TrackSource.SCREEN_SHARE ? "screen"
      : "other",
    open: !info.muted,
  };
}
