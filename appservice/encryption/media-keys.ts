import type Database from "better-sqlite3";
import type { RoomId } from "../protocol/identity.ts";
import { MEDIA_KEY_BYTES, type MediaKey, OVERLAP_MS } from "../protocol/media-key.ts";
import { randomBytes } from "../time/chance.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";
import { type AtRest, KeysUnreadable } from "./at-rest.ts";

/**
 * Milliseconds between two new keys at least: when a hundred people leave at a meeting's end, each would bring a new
 * one about.
 */
const RENEWED_AT_MOST_EVERY_MS = OVERLAP_MS + 500;

/** Epochs passed over after a start: the last ones before it may have been made and not kept. */
const EPOCHS_PASSED_OVER = 16;
const SECOND_MS = 1_000;

type Known = {
  readonly newest: MediaKey;
  /** Key that senders may still use until they have gone over to the newest. */
  readonly before: MediaKey | null;
  readonly madeAt: number;
  /** From before this start: whoever left while the service was away has it still. */
  readonly stale: boolean;
};

export type MediaKeysDeps = {
  readonly db: Database.Database;
  readonly atRest: AtRest;
  readonly now: () => number;
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
  /** Called once a new key took the place of another. */
  readonly onRenewed: (room: RoomId) => void;
  /** Hears of a key that cannot be written down; it holds until the next start. */
  readonly onNotKept: (error: unknown) => void;
};

/**
 * Makes the keys of encrypted rooms' calls, one shared key an epoch, and keeps the newest of each room in the database,
 * encrypted once more. An epoch ends when somebody leaves the call, who would go on reading it with the help of whoever
 * carries it.
 */
export class MediaKeyring {
  readonly #deps: MediaKeysDeps;
  readonly #rooms = new Map<RoomId, Known>();
  readonly #soon = new Map<RoomId, Timer>();

  constructor(deps: MediaKeysDeps) {
    this.#deps = deps;
    const rows = deps.db.prepare("SELECT room, epoch, sealed FROM crypto_media_keys").all() as Row[];
    for (const { room, epoch, sealed } of rows) {
      const newest = { epoch, key: this.#opened(room, sealed) };
      this.#rooms.set(room, { newest, before: null, madeAt: 0, stale: true });
    }
  }

  /** Epoch of the newest key; null where the call is open, or nobody has asked for its keys yet. */
  epochOf(room: RoomId): number | null {
    return this.#current(room)?.newest.epoch ?? null;
  }

  /** Keys in use, the newest last; none where the call is open. */
  keysOf(room: RoomId): MediaKey[] {
    const known = this.#current(room);
    if (!known) return [];
    const { newest, before, madeAt } = known;
    const inUse = before !== null && this.#deps.now() - madeAt < 2 * OVERLAP_MS;
    return inUse ? [before, newest] : [newest];
  }

  /** The same, and makes the first key of an encrypted room. */
  async begin(room: RoomId): Promise<MediaKey[]> {
    if (!this.#rooms.has(room) && (await this.#deps.isEncrypted(room)) && !this.#rooms.has(room)) this.#make(room);
    return this.keysOf(room);
  }

  /** Makes a new key now: whoever had the one of before must not read what comes. */
  renew(room: RoomId): void {
    clearTimer(this.#soon.get(room));
    this.#soon.delete(room);
    if (!this.#rooms.has(room)) return;
    this.#make(room);
    this.#deps.onRenewed(room);
  }

  /** Makes a new key now, or as soon as the last one is old enough. */
  renewSoon(room: RoomId): void {
    const known = this.#rooms.get(room);
    if (!known || this.#soon.has(room)) return;
    const waitMs = known.madeAt + RENEWED_AT_MOST_EVERY_MS - this.#deps.now();
    if (waitMs <= 0) return this.renew(room);
    this.#soon.set(room, startTimer(() => this.renew(room), waitMs).unref());
  }

  close(): void {
    for (const timer of this.#soon.values()) clearTimer(timer);
  }

  #current(room: RoomId): Known | undefined {
    if (this.#rooms.get(room)?.stale) this.#make(room);
    return this.#rooms.get(room);
  }

  #make(room: RoomId): void {
    const { db, atRest, now, onNotKept } = this.#deps;
    const { newest: before = null, stale = false } = this.#rooms.get(room) ?? {};
    const next = (before?.epoch ?? -1) + (stale ? EPOCHS_PASSED_OVER : 1);
    // People in the call pass over what is older than what they have: a database that was lost must not begin anew.
    const epoch = before && !stale ? next : Math.max(next, Math.floor(now() / SECOND_MS));
    const newest = { epoch, key: randomBytes(MEDIA_KEY_BYTES).toString("base64") };
    const madeAt = now();
    this.#rooms.set(room, { newest, before: before?.key ? before : null, madeAt, stale: false });
    try {
      db.prepare("INSERT OR REPLACE INTO crypto_media_keys VALUES (?, ?, ?, ?)").run(
        room,
        newest.epoch,
        atRest.seal(newest.key, placeOf(room)),
        madeAt,
      );
    } catch (error) {
      onNotKept(error);
    }
  }

  /** A key that another key file sealed is given up; its epoch is known all the same, so that no index comes twice. */
  #opened(room: RoomId, sealed: Uint8Array): string {
    try {
      return this.#deps.atRest.open(sealed, placeOf(room));
    } catch (error) {
      if (error instanceof KeysUnreadable) return "";
      throw error;
    }
  }
}

type Row = { readonly room: RoomId; readonly epoch: number; readonly sealed: Uint8Array };

const placeOf = (room: RoomId) => `media ${room}`;
