import { encryptionSecret } from "../configuration/encryption-secret.ts";
import { botIdOf } from "../configuration/registration.ts";
import { AtRest, KeysUnreadable } from "../encryption/at-rest.ts";
import { KeyStore } from "../encryption/key-store.ts";
import { KeyThread } from "../encryption/key-thread.ts";
import { MediaKeyring } from "../encryption/media-keys.ts";
import { EventReading } from "../encryption/reading.ts";
import { whyHopeless } from "../encryption/why-hopeless.ts";
import { Writing } from "../encryption/writing.ts";
import type { EncryptedEvent } from "../encryption/acts.ts";
import { MAY_BE_ENCRYPTED } from "../room/room-event.ts";
import type { EventId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { RoomEncryption } from "../room/room-encryption.ts";
import type { Ground } from "./ground.ts";
import type { Truth } from "./truth.ts";

/** Questions of encryption to the rooms, which are built after it. */
export type RoomsOfEncryption = {
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
  readonly peopleIn: (room: RoomId) => Promise<readonly string[]>;
  /** Tells a room that a message in it cannot be read. */
  readonly cannotRead: (room: RoomId, event: EventId, who: ParticipantId) => void;
};

export type Encryption = NonNullable<ReturnType<typeof createEncryption>>;

/** Encrypted rooms; null where no key file is named, and they stay closed to the bot. */
export function createEncryption({
  loaded,
  log,
  now,
  metrics,
  news,
  stores,
  guard,
}: Ground & Pick<Truth, "stores" | "guard">) {
  const { config, registration } = loaded;
  const secret = encryptionSecret(loaded);
  if (secret === null) return null;
  const userId = botIdOf(registration, config.homeserver.serverName);
  const store = new KeyStore(stores.db);
  let rooms: RoomsOfEncryption | null = null;
  const inRooms = () => {
    if (!rooms) throw new Error("the rooms are not built yet");
    return rooms;
  };
  const thread = new KeyThread({
    store,
    device: { url: config.homeserver.url, asToken: registration.as_token, userId, secret },
    log,
    now,
    hopeless: (error) => whyHopeless(error, registration),
    kept: (write) => {
      try {
        write();
      } catch (error) {
        guard.failed(error);
        throw error;
      }
    },
    onKeys: (sessions) => reading.keysCame(sessions),
  });
  const reading = new EventReading({
    thread,
    store,
    log,
    now,
    self: userId,
    types: MAY_BE_ENCRYPTED,
    onUnread: (reason) => metrics.unreadEvents.inc({ reason }),
    tell: ({ room_id: room, event_id: event, sender }) =>
      inRooms().cannotRead(room as RoomId, event, sender as ParticipantId),
  });
  const atRest = new AtRest(secret);
  const writing = new Writing({
    thread,
    store,
    atRest,
    now,
    peopleIn: (room) => inRooms().peopleIn(room as RoomId),
  });
  const works = () => thread.state !== "broken";
  const seals = async (room: RoomId) => works() && (await inRooms().isEncrypted(room));
  const port: RoomEncryption = {
    works,
    open: (event) => reading.open(event),
    opened: (event) => reading.opened(event),
    seal: async (room, type, content) => ((await seals(room)) ? writing.seal(room, type, content) : { type, content }),
    sealFile: async (room, bytes) => ((await seals(room)) ? writing.sealFile(bytes) : null),
    openFile: (bytes, info) => writing.openFile(bytes, info),
    sealText: (text, place) => Buffer.from(atRest.seal(text, place)).toString("base64"),
    openText: (sealed, place) => opened(atRest, Buffer.from(sealed, "base64"), place),
    cameIn: (who) => {
      if (thread.state === "ready") void thread.ask("cameIn", who).catch(() => {});
    },
  };
  const mediaKeys = new MediaKeyring({
    db: stores.db,
    atRest,
    now,
    isEncrypted: (room) => seals(room),
    onRenewed: (room) => void news.emit("media-key", room),
    onNotKept: (error) => {
      if (!guard.failed(error)) throw error;
    },
  });
  store.forgetOld(now());
  return {
    port,
    mediaKeys,
    /** Connects the rooms, and sets who takes up an event whose key has come after all. */
    connect(built: RoomsOfEncryption) {
      rooms = built;
    },
    onAgain: (again: (event: EncryptedEvent) => void) => reading.onAgain(again),
    start: () => thread.start(),
    async stop() {
      reading.stop();
      mediaKeys.close();
      await thread.stop();
    },
  };
}

function opened(atRest: AtRest, sealed: Uint8Array, place: string): string | null {
  try {
    return atRest.open(sealed, place);
  } catch (error) {
    if (error instanceof KeysUnreadable) return null;
    throw error;
  }
}
