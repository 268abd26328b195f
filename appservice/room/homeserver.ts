import { MatrixError } from "matrix-bot-sdk";
import { z } from "zod";
import { RawEvent } from "../journal/inbox.ts";
import { byTurns, eachOf } from "../journal/parts-of-work.ts";
import { type EventId, type ParticipantId, RoomId } from "../protocol/identity.ts";
import { NAMESPACE } from "../protocol/namespace.ts";
import type { RoomEncryption } from "./room-encryption.ts";
import { Changes, Edits, Messages, type PastEvent, PastEvents, Sent, StateEvent } from "./homeserver-events.ts";
import { answerOf, HomeserverAway } from "./homeserver-answer.ts";
import { HomeserverRequests } from "./homeserver-requests.ts";
import {
  download,
  type Downloaded,
  mediaPath,
  PICTURE_BYTES,
  shownPicture,
  thumbnailPath,
  upload,
  type Uploaded,
} from "./media.ts";
import { wallClock } from "../time/time.ts";

/** Most events of a room's past in one answer. */
const PAST_PAGE = 500;
const MOST_PAST_PAGES = 100;
const [OWN_PAGE, MOST_OWN_PAGES] = [100, 500];
const MOST_PAGES = 20;

/** File of an encrypted room: its address, and by what it is opened (Client-Server API, "EncryptedFile"). */
export type EncryptedFile = { readonly url: string; readonly [field: string]: unknown };

/** Size of a picture: as large as a small face in the ring, on a dense screen. */
const PICTURE_PIXELS = 96;

/**
 * The one door to the homeserver: everything the bot reads and writes goes through here, in encrypted rooms as in open
 * ones. Throws as `HomeserverRequests` does.
 */
export class Homeserver {
  readonly botId: ParticipantId;
  readonly #requests: HomeserverRequests;
  readonly #url: string;
  readonly #asToken: string;
  readonly #encryption: RoomEncryption | null;

  constructor(options: { url: string; asToken: string; botId: ParticipantId; encryption?: RoomEncryption | null }) {
    this.botId = options.botId;
    this.#encryption = options.encryption ?? null;
    this.#url = options.url;
    this.#asToken = options.asToken;
    this.#requests = new HomeserverRequests(options);
  }

  /** Makes the bot's account where there is none. `inhibit_login`: an appservice needs no access token of its own. */
  async register(localpart: string): Promise<void> {
    try {
      await this.#requests.askAsAppservice("POST", "/_matrix/client/v3/register", {
        type: "m.login.application_service",
        username: localpart,
        inhibit_login: true,
      });
    } catch (error) {
      if (!(error instanceof MatrixError && error.errcode === "M_USER_IN_USE")) throw error;
    }
  }

  async setDisplayName(name: string): Promise<void> {
    await this.#requests.ask("PUT", `/_matrix/client/v3/profile/${encodeURIComponent(this.botId)}/displayname`, {
      displayname: name,
    });
  }

  /** The bot's own picture; null where it has none. */
  async avatar(): Promise<string | null> {
    try {
      const profile = await this.#requests.ask(
        "GET",
        `/_matrix/client/v3/profile/${encodeURIComponent(this.botId)}/avatar_url`,
      );
      return answerOf(z.object({ avatar_url: z.string().nullish() }), profile).avatar_url || null;
    } catch (error) {
      if (error instanceof MatrixError && error.statusCode === 404) return null;
      throw error;
    }
  }

  async setAvatar(mxc: string): Promise<void> {
    await this.#requests.ask("PUT", `/_matrix/client/v3/profile/${encodeURIComponent(this.botId)}/avatar_url`, {
      avatar_url: mxc,
    });
  }

  /**
   * Asks the homeserver to reach us, which also ends its back-off after we were away (Matrix v1.7, appservice ping).
   */
  async ping(appserviceId: string): Promise<void> {
    const path = `/_matrix/client/v1/appservice/${encodeURIComponent(appserviceId)}/ping`;
    await this.#requests.askAsAppservice("POST", path, {});
  }

  async join(room: RoomId): Promise<void> {
    await this.#requests.ask("POST", `/_matrix/client/v3/join/${encodeURIComponent(room)}`, {});
  }

  async leave(room: RoomId): Promise<void> {
    await this.#requests.ask("POST", `${pathOf(room)}/leave`, {});
  }

  /**
   * A room for the bot and one person, who is invited into it, and can neither invite others nor change what they would
   * see.
   */
  async createDirectRoom(who: ParticipantId, name: string): Promise<RoomId> {
    return this.createRoom({
      preset: "private_chat",
      is_direct: true,
      invite: [who],
      name,
      power_level_content_override: { users_default: 0, invite: 100, state_default: 100 },
      initial_state: [{ type: "m.room.history_visibility", state_key: "", content: { history_visibility: "invited" } }],
    });
  }

  /** A room as the request says (Client-Server API, "createRoom"). */
  async createRoom(request: object): Promise<RoomId> {
    const answer = await this.#requests.ask("POST", "/_matrix/client/v3/createRoom", request);
    return answerOf(z.object({ room_id: RoomId }), answer).room_id;
  }

  async invite(room: RoomId, who: ParticipantId): Promise<void> {
    await this.#requests.ask("POST", `${pathOf(room)}/invite`, { user_id: who });
  }

  /** An event of a room; null where there is none, or none that the bot may see. */
  async event(room: RoomId, eventId: EventId): Promise<unknown> {
    try {
      const path = `${pathOf(room)}/event/${encodeURIComponent(eventId)}`;
      const event = RawEvent.safeParse({ ...((await this.#requests.ask("GET", path)) as object), room_id: room }).data;
      return event ? await this.#opened(event) : null;
    } catch (error) {
      if (error instanceof MatrixError && (error.statusCode === 404 || error.statusCode === 403)) return null;
      throw error;
    }
  }

  /** A file that somebody uploaded (authenticated media, Matrix v1.11). */
  async download(mxc: string, most: number): Promise<Downloaded> {
    const path = mediaPath(mxc);
    return path === null ? "not-loaded" : download(new URL(path, this.#url), this.#asToken, most);
  }

  /** A file of an encrypted room, by what stands in its event. */
  async downloadEncrypted({ url, ...info }: EncryptedFile, most: number): Promise<Downloaded> {
    const bytes = await this.download(url, most);
    if (typeof bytes === "string" || !this.#encryption) return bytes;
    return (await this.#encryption.openFile(bytes, info)) ?? "not-loaded";
  }

  /**
   * Puts a file into the homeserver's media; one for an encrypted room is encrypted. Throws where trying again may
   * help.
   */
  async upload(bytes: Uint8Array, type: string, name: string, room: RoomId | null = null): Promise<Uploaded> {
    const sealed = room === null ? null : ((await this.#encryption?.sealFile(room, bytes)) ?? null);
    if (!sealed) return this.#put(bytes, type, name);
    const uploaded = await this.#put(sealed.bytes, "application/octet-stream", "file");
    if (!("mxc" in uploaded)) return uploaded;
    sealed.keep(uploaded.mxc);
    return { ...uploaded, encrypted: true };
  }

  #put(bytes: Uint8Array, type: string, name: string): Promise<Uploaded> {
    const address = new URL(`/_matrix/media/v3/upload?filename=${encodeURIComponent(name)}`, this.#url);
    return upload(address, this.#asToken, bytes, type);
  }

  /** A small picture as a `data:` address; null where there is none that can be shown. */
  async picture(mxc: string): Promise<string | null> {
    const path = thumbnailPath(mxc, PICTURE_PIXELS);
    if (path === null) return null;
    const small = await download(new URL(path, this.#url), this.#asToken, PICTURE_BYTES);
    // A homeserver may make no smaller version of a picture that is small already.
    return shownPicture(typeof small === "string" ? await this.download(mxc, PICTURE_BYTES) : small);
  }

  async joinedRooms(): Promise<RoomId[]> {
    const answer = await this.#requests.ask("GET", "/_matrix/client/v3/joined_rooms");
    return answerOf(z.object({ joined_rooms: z.array(RoomId) }), answer).joined_rooms;
  }

  async state(room: RoomId): Promise<StateEvent[]> {
    const answer = answerOf(z.array(z.unknown()), await this.#requests.ask("GET", `${pathOf(room)}/state`));
    const state: StateEvent[] = [];
    await byTurns(eachOf(answer, (event) => void state.push(answerOf(StateEvent, event))));
    return state;
  }

  async stateContent(room: RoomId, type: string, stateKey: string): Promise<unknown> {
    try {
      return await this.#requests.ask("GET", `${pathOf(room)}/state/${type}/${encodeURIComponent(stateKey)}`);
    } catch (error) {
      if (error instanceof MatrixError && error.statusCode === 404) return null;
      throw error;
    }
  }

  /**
   * The newest message of the bot's with such a content, as it was first sent; null where it is further back than
   * anybody scrolls.
   */
  async ownMessage(
    room: RoomId,
    isIt: (content: Readonly<Record<string, unknown>>) => boolean,
  ): Promise<EventId | null> {
    const filter = encodeURIComponent(
      JSON.stringify({ types: this.#written(["m.room.message"]), senders: [this.botId] }),
    );
    const path = `${pathOf(room)}/messages?dir=b&limit=100&filter=${filter}`;
    for await (const { chunk } of this.#requests.pages(path, Messages, MOST_PAGES))
      for (const event of chunk) if (isIt(await this.#contentOf({ ...event, room_id: room }))) return event.event_id;
    return null;
  }

  /** Changes of one kind of state that the bot may see, the oldest first. */
  async past(room: RoomId, type: string): Promise<PastEvent[]> {
    const filter = encodeURIComponent(JSON.stringify({ types: [type] }));
    const path = `${pathOf(room)}/messages?dir=b&limit=${PAST_PAGE}&filter=${filter}`;
    const found: PastEvent[] = [];
    for await (const { chunk } of this.#requests.pages(path, PastEvents, MOST_PAST_PAGES)) found.push(...chunk);
    return found.reverse();
  }

  /** The bot's own changes of one kind of state, the newest first, page by page. */
  async *ownStates(room: RoomId, type: string): AsyncGenerator<PastEvent[], void> {
    const filter = encodeURIComponent(JSON.stringify({ types: [type], senders: [this.botId] }));
    const path = `${pathOf(room)}/messages?dir=b&limit=${OWN_PAGE}&filter=${filter}`;
    for await (const { chunk } of this.#requests.pages(path, PastEvents, MOST_OWN_PAGES)) yield chunk;
  }

  /** Redactions and edits by people in a room since a moment, the oldest first. */
  async changesSince(room: RoomId, since: number): Promise<RawEvent[]> {
    const filter = encodeURIComponent(
      JSON.stringify({ types: this.#written(["m.room.redaction", "m.room.message"]), not_senders: [this.botId] }),
    );
    const path = `${pathOf(room)}/messages?dir=b&limit=100&filter=${filter}`;
    const found: RawEvent[] = [];
    for await (const { chunk } of this.#requests.pages(path, Changes, MOST_PAST_PAGES)) {
      for (const event of chunk) found.push(await this.#opened({ ...event, room_id: room }));
      if (chunk.every(({ origin_server_ts: at }) => at < since)) break;
    }
    return found.reverse();
  }

  async setState(room: RoomId, type: string, stateKey: string, content: unknown): Promise<void> {
    await this.#requests.ask("PUT", `${pathOf(room)}/state/${type}/${encodeURIComponent(stateKey)}`, content);
  }

  /**
   * The bot's own data of a room, which the homeserver shows nobody else (Client-Server API, "Client Config"); null
   * where there is none.
   */
  async roomNote(room: RoomId, type: string): Promise<unknown> {
    try {
      return await this.#requests.ask("GET", this.#notePath(room, type));
    } catch (error) {
      if (error instanceof MatrixError && error.statusCode === 404) return null;
      throw error;
    }
  }

  async setRoomNote(room: RoomId, type: string, content: object): Promise<void> {
    await this.#requests.ask("PUT", this.#notePath(room, type), content);
  }

  #notePath(room: RoomId, type: string): string {
    const user = encodeURIComponent(this.botId);
    return `/_matrix/client/v3/user/${user}/rooms/${encodeURIComponent(room)}/account_data/${type}`;
  }

  /** The same transaction id sends the same event, however often it is called. */
  async send(room: RoomId, type: string, transactionId: string, content: unknown): Promise<EventId> {
    const sent = (await this.#encryption?.seal(room, type, content)) ?? { type, content };
    const path = `${pathOf(room)}/send/${sent.type}/${encodeURIComponent(transactionId)}`;
    return answerOf(Sent, await this.#requests.ask("PUT", path, sent.content)).event_id;
  }

  /** Types under which messages of these types may stand in a room. */
  #written(types: readonly string[]): readonly string[] {
    return this.#encryption ? [...types, "m.room.encrypted"] : types;
  }

  async #opened(event: RawEvent): Promise<RawEvent> {
    return event.type === "m.room.encrypted" && this.#encryption?.works() ? this.#encryption.opened(event) : event;
  }

  async #contentOf(event: RawEvent): Promise<Readonly<Record<string, unknown>>> {
    return z
      .record(z.string(), z.unknown())
      .catch({})
      .parse((await this.#opened(event))["content"]);
  }

  /** Takes back an event of the bot's own. The same transaction id does it once. */
  async redact(room: RoomId, eventId: EventId, transactionId: string): Promise<void> {
    await this.#requests.ask(
      "PUT",
      `${pathOf(room)}/redact/${encodeURIComponent(eventId)}/${encodeURIComponent(transactionId)}`,
      {},
    );
  }

  /** The bot's edits of a message that are still there, the newest first (Matrix v1.3, "Relationships API"). */
  async ownEditsOf(room: RoomId, eventId: EventId): Promise<EventId[]> {
    const path = `/_matrix/client/v1/rooms/${encodeURIComponent(room)}/relations/${encodeURIComponent(eventId)}/m.replace?limit=100`;
    const found: EventId[] = [];
    for await (const { chunk } of this.#requests.pages(path, Edits, MOST_PAST_PAGES))
      found.push(...chunk.filter(({ sender }) => sender === this.botId).map(({ event_id: edit }) => edit));
    return found;
  }

  /**
   * Tells whether the homeserver fails at this one request (500), or a proxy before it refuses it, again and again,
   * while it can write others. Tried by a note to the bot's own account, which nobody sees.
   */
  async failsAtThisAlone(error: unknown): Promise<boolean> {
    const status =
      error instanceof MatrixError ? error.statusCode : error instanceof HomeserverAway ? error.status : null;
    if (status === null || !(status === 500 || (error instanceof HomeserverAway && status >= 400 && status < 500)))
      return false;
    const note = `/_matrix/client/v3/user/${encodeURIComponent(this.botId)}/account_data/${PROBE_TYPE}`;
    return this.#requests.ask("PUT", note, { at: wallClock() }).then(
      () => true,
      () => false,
    );
  }
}

function pathOf(room: RoomId): string {
  return `/_matrix/client/v3/rooms/${encodeURIComponent(room)}`;
}

const PROBE_TYPE = `${NAMESPACE}.probe`;
