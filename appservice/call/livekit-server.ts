import {
  RoomServiceClient,
  ServerError,
  TrackSource,
  TrackType,
  type ParticipantInfo,
  type TrackInfo,
} from "livekit-server-sdk";
import { z } from "zod";
import { ParticipantId } from "../protocol/identity.ts";
import type { Track } from "./gate-rules.ts";
import type { LiveKitConnection } from "./options.ts";
import type { CallRights } from "./permissions.ts";
import { permissionFor, SERVER_TOKEN_SECONDS, serverToken, TO_LISTEN } from "./tokens.ts";
import { CLOSED_WITHIN_MS, TwirpRefused, twirp } from "./twirp.ts";
import { wallClock } from "../time/time.ts";

/** A person in a call as LiveKit tells of them; `sid` names this one connection of theirs. */
export interface CallPerson extends Publisher {
  readonly mayHear: boolean;
  readonly name: string;
}

/** Facts that the gate needs of one person. */
export type Publisher = {
  readonly id: ParticipantId;
  readonly sid: string;
  /** Milliseconds since the epoch, by LiveKit's clock. */
  readonly joinedAt: number;
  readonly mayPublish: boolean;
  /** Came by a token without a microphone, to listen; left out: by one with. */
  readonly cameToListen?: boolean;
  readonly tracks: readonly Track[];
};

/** Requests to LiveKit's server, in our own words. `call` is the name of a LiveKit room: see `CallNaming`. */
export type LiveKitServer = ReturnType<typeof livekitServer>;

/** Seconds that an empty room is kept: enough for a reload of the page or a broken connection. */
const KEEP_EMPTY = 300;

const MutedTrack = z.object({ track: z.object({}) });

export function livekitServer({ internalUrl, ...keys }: LiveKitConnection) {
  const api = new RoomServiceClient(internalUrl, keys.apiKey, keys.apiSecret, { requestTimeout: 4, failover: false });
  const post = twirp(internalUrl);
  const tokens = new Map<string, { token: string; signedAt: number }>();

  async function sign(call: string): Promise<string> {
    const signedAt = wallClock();
    const token = await serverToken(keys, call);
    tokens.set(call, { token, signedAt });
    return token;
  }

  /**
   * Sends requests that make up a pass at once, with a token at hand; the token is renewed before it ends, aside from
   * any request.
   */
  function now(call: string, method: string, body: object, withinMs?: number): Promise<unknown> {
    const known = tokens.get(call);
    const age = known ? (wallClock() - known.signedAt) / 1_000 : Infinity;
    // A token from the future is refused as well: the clock has been set back.
    if (!known || age < 0 || age > SERVER_TOKEN_SECONDS * 0.9)
      return sign(call).then((token) => post(method, token, { room: call, ...body }, withinMs));
    if (age > SERVER_TOKEN_SECONDS / 2) void sign(call);
    return post(method, known.token, { room: call, ...body }, withinMs);
  }

  return {
    /** Makes the room; does nothing if it is there already. */
    async createRoom(call: string, metadata: string): Promise<void> {
      await api.createRoom({ name: call, metadata, emptyTimeout: KEEP_EMPTY, departureTimeout: KEEP_EMPTY });
    },
    async setMetadata(call: string, metadata: string): Promise<void> {
      await now(call, "UpdateRoomMetadata", { metadata });
    },
    async setMuted(call: string, identity: ParticipantId, trackSid: string, muted: boolean): Promise<void> {
      const withinMs = muted ? CLOSED_WITHIN_MS : undefined;
      const answer = await now(call, "MutePublishedTrack", { identity, trackSid, muted }, withinMs);
      // Of a track that is not there LiveKit says nothing, and calls that a success.
      if (!MutedTrack.safeParse(answer).success) throw new Error(`${identity} has no track ${trackSid} any more`);
    },
    async setRights(call: string, identity: ParticipantId, rights: CallRights): Promise<void> {
      const withinMs = rights.publish ? undefined : CLOSED_WITHIN_MS;
      await now(call, "UpdateParticipant", { identity, permission: permissionFor(rights) }, withinMs);
    },
    /** Lists the people in a room; nobody is in one that does not exist. */
    async people(call: string): Promise<CallPerson[]> {
      const everybody = await api.listParticipants(call).catch(unlessMissing<ParticipantInfo[]>([]));
      return everybody.flatMap((info) => personFrom(info) ?? []);
    },
    /** Deletes a room, and everybody is out. Throws `TwirpRefused` with 404 where there is none. */
    async deleteRoom(call: string): Promise<void> {
      await now(call, "DeleteRoom", {}, CLOSED_WITHIN_MS);
    },
    async remove(call: string, id: ParticipantId): Promise<void> {
      await api.removeParticipant(call, id).catch(unlessMissing<void>(undefined));
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

/** Reads a person from LiveKit's participant; null for our own hidden ones and all others who are no person. */
export function personFrom(info: ParticipantInfo): CallPerson | null {
  const id = ParticipantId.safeParse(info.identity);
  if (!id.success) return null;
  return {
    id: id.data,
    sid: info.sid,
    joinedAt: Number(info.joinedAtMs) || Number(info.joinedAt) * 1000,
    mayPublish: info.permission?.canPublish ?? true,
    cameToListen: info.metadata === TO_LISTEN,
    mayHear: info.permission?.canSubscribe ?? true,
    name: info.name,
    tracks: info.tracks.map(trackFrom),
  };
}

function trackFrom(info: TrackInfo): Track {
  return {
    sid: info.sid,
    kind: info.type === TrackType.AUDIO ? "audio" : "video",
    source:
      info.source === TrackSource.MICROPHONE
        ? "microphone"
        : info.source === TrackSource.CAMERA
          ? "camera"
          : info.source === TrackSource.SCREEN_SHARE
            ? "screen"
            : "other",
    open: !info.muted,
  };
}
