import { AccessToken, TrackSource, type VideoGrant } from "livekit-server-sdk";
import type { CallRights } from "./permissions.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";

export type Keys = {
  readonly apiKey: string;
  readonly apiSecret: string;
};

/**
 * Lifetime of a person's token, long enough to connect. Connected people get fresh tokens from LiveKit itself, and
 * those carry the permissions of the moment: a revoked one stays revoked over a reconnect.
 */
const PERSON_SECONDS = 120;
/** Lifetime of the scribe's token: it may first have to finish its present work. */
const SCRIBE_SECONDS = 600;

/**
 * Rights of anybody with a seat in the circle, and no more. The gate sees to it that the speaker alone shows a screen.
 */
const PERSON_PERMISSION = {
  canPublish: true,
  canPublishSources: [TrackSource.MICROPHONE, TrackSource.CAMERA, TrackSource.SCREEN_SHARE],
  canPublishData: false,
  canUpdateMetadata: false,
};

/**
 * Permission in LiveKit's form. `publish` is taken from people who spoke out of turn, and given with a seat; `hear` is
 * given once the others are shown who listens.
 */
export function permissionFor({ publish, hear }: CallRights) {
  return { ...PERSON_PERMISSION, canSubscribe: hear, ...(publish ? {} : { canPublish: false, canPublishSources: [] }) };
}

/** Marks in LiveKit whoever came without a microphone, to tell them from people who lost the right to one. */
export const TO_LISTEN = "listens";

/** Our own hidden participants. No `ParticipantId` looks like these, so nobody can come under such a name. */
export const WATCHER = "watcher";
export const SCRIBE = "scribe";
export const SECOND_EAR = "second-ear";

export function personToken(
  keys: Keys,
  call: string,
  identity: ParticipantId,
  name: string,
  rights: CallRights,
): Promise<string> {
  const { canUpdateMetadata, ...permission } = permissionFor(rights);
  return token(
    keys,
    { identity, name, ttl: PERSON_SECONDS, ...(!rights.publish && { metadata: TO_LISTEN }) },
    { room: call, ...permission, canUpdateOwnMetadata: canUpdateMetadata },
  );
}

/**
 * Token for the call in which all rings hear one person: whoever speaks there hears nobody, and nobody else is heard.
 */
export function voiceToken(
  keys: Keys,
  call: string,
  identity: ParticipantId,
  name: string,
  speaks: boolean,
): Promise<string> {
  const sends = { canPublish: speaks, canPublishSources: speaks ? [TrackSource.MICROPHONE] : [] };
  const rights = { ...sends, canSubscribe: !speaks, canPublishData: false, canUpdateOwnMetadata: false };
  return token(keys, { identity, name, ttl: PERSON_SECONDS }, { room: call, ...rights });
}

/** Token of the watcher, which sees who publishes which track and hears nothing. */
export function watcherToken(keys: Keys, call: string): Promise<string> {
  return token(keys, { identity: WATCHER, ttl: PERSON_SECONDS }, { room: call, ...HIDDEN, canSubscribe: false });
}

/**
 * Token of the scribe, which hears, and sends captions. LiveKit lets an agent alone send text in the name of somebody
 * else (the speaker), which is how clients know whose words they are. As a recorder it hears everybody: publishers who
 * choose their hearers cannot keep their sound from the record.
 */
export function scribeToken(keys: Keys, call: string): Promise<string> {
  return token(
    keys,
    { identity: SCRIBE, ttl: SCRIBE_SECONDS, kind: "agent" },
    { room: call, ...HIDDEN, canSubscribe: true, canPublishData: true, recorder: true },
  );
}

/** Token of the second ear, which hears the same people as the scribe, so that nothing is lost where that one hangs. */
export function secondEarToken(keys: Keys, call: string): Promise<string> {
  return token(
    keys,
    { identity: SECOND_EAR, ttl: SCRIBE_SECONDS, kind: "agent" },
    { room: call, ...HIDDEN, canSubscribe: true, recorder: true },
  );
}

/** Token of the witness, which asks for everybody's tracks under a name that nobody knew before. */
export function witnessToken(keys: Keys, call: string): Promise<string> {
  return token(
    keys,
    { identity: `witness-${randomBytes(12).toString("hex")}`, ttl: PERSON_SECONDS },
    { room: call, ...HIDDEN, canSubscribe: true },
  );
}

/** Lifetime of the token for our own requests about one room. */
export const SERVER_TOKEN_SECONDS = 600;

export function serverToken({ apiKey, apiSecret }: Keys, call: string): Promise<string> {
  const access = new AccessToken(apiKey, apiSecret, { ttl: SERVER_TOKEN_SECONDS });
  access.addGrant({ roomCreate: true, roomAdmin: true, room: call });
  return access.toJwt();
}

/**
 * Token by which we see whether LiveKit takes our key, as short as a person's: a clock that makes theirs useless makes
 * this one so.
 */
export function lookToken({ apiKey, apiSecret }: Keys): Promise<string> {
  const access = new AccessToken(apiKey, apiSecret, { ttl: PERSON_SECONDS });
  access.addGrant({ roomList: true });
  return access.toJwt();
}

const HIDDEN = { hidden: true, canPublish: false, canPublishData: false, canUpdateOwnMetadata: false };

function token(
  { apiKey, apiSecret }: Keys,
  { kind, ...who }: { identity: string; name?: string; ttl: number; kind?: "agent"; metadata?: string },
  grant: VideoGrant,
): Promise<string> {
  const access = new AccessToken(apiKey, apiSecret, who);
  if (kind) access.kind = kind;
  access.addGrant({ roomJoin: true, ...grant });
  return access.toJwt();
}
