import type { Readable } from "node:stream";
import type Database from "better-sqlite3";
import type { Logger } from "pino";
import { ApiFailure } from "../http/api-failure.ts";
import type { RoomId } from "../protocol/identity.ts";
import { endsWithin } from "../time/ends-within.ts";
import type { OwnRooms } from "./own-rooms.ts";
import { forgetRoom } from "./forget-room.ts";
import { packRoom, type RoomStore } from "./pack-room.ts";
import { unpackRoom } from "./unpack-room.ts";

export type ShardRoomsDeps = {
  readonly db: Database.Database;
  readonly store: RoomStore;
  readonly own: OwnRooms;
  /** Rejects where nobody can tell. */
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
  /** Resolves once all that came of the room has been taken care of. */
  readonly idleIn: (room: RoomId) => Promise<void>;
  /** Has all parts leave the room as it is. */
  readonly letGo: (room: RoomId) => Promise<void>;
  /** Has all parts go on with the room, whose people were heard until `since`. */
  readonly comeIn: (room: RoomId, since: number) => void;
  readonly now: () => number;
  readonly log: Logger;
};

const SETTLES_WITHIN_MS = 5_000;

/** Rooms of this shard that come and go. Each order may be given twice, and does then nothing more. */
export class ShardRooms {
  readonly #deps: ShardRoomsDeps;
  /**
   * Rooms that came and have not begun here yet, and those that left and may come back; with the moment until which
   * they were heard.
   */
  readonly #heardUntil = new Map<RoomId, number>();
  #changes: Promise<void> = Promise.resolve();

  constructor(deps: ShardRoomsDeps) {
    this.#deps = deps;
  }

  /** Looks whether a room can be moved, and resolves when nothing of it is in hand. */
  async settle(room: RoomId): Promise<void> {
    const { isEncrypted, idleIn } = this.#deps;
    const encrypted = await isEncrypted(room).catch((cause: unknown) => {
      throw refusal("The homeserver does not say whether the room is encrypted.", cause);
    });
    if (encrypted)
      throw refusal(
        "The room is encrypted: its keys belong to the device that the bot has on this shard. Let it stay, and move others.",
      );
    if (!(await endsWithin(SETTLES_WITHIN_MS, idleIn(room))))
      throw refusal("What was asked in the room is still being done; the homeserver may be slow. Try again later.");
  }

  /** Leaves the room and hands it over, line by line. */
  async *leave(room: RoomId): AsyncGenerator<string> {
    const { own, store, letGo, now, log } = this.#deps;
    if (own.has(room)) {
      own.set(room, false);
      this.#heardUntil.set(room, now());
      await letGo(room);
      log.info({ room }, "the room is handed over to another shard");
    }
    const since = this.#heardUntil.get(room);
    if (since === undefined) throw refusal("The room is not this shard's.");
    for await (const line of packRoom(store, room, since)) yield `${JSON.stringify(line)}\n`;
  }

  /** Takes the room in, without beginning with it: that is the router's word. */
  take(room: RoomId, body: Readable): Promise<void> {
    const { db, store, own, log } = this.#deps;
    return this.#inTurn(async () => {
      if (own.has(room)) throw refusal("The room is this shard's already.");
      this.#heardUntil.set(room, await unpackRoom(db, store, room, linesOf(body)));
      log.info({ room }, "a room has come from another shard; it begins here when the router says so");
    });
  }

  /** Goes on with a room: one that came, or one that stays after all. */
  begin(room: RoomId): void {
    const { own, comeIn, now, log } = this.#deps;
    if (own.has(room)) return;
    own.set(room, true);
    comeIn(room, this.#heardUntil.get(room) ?? now());
    this.#heardUntil.delete(room);
    log.info({ room }, "the room goes on here");
  }

  /** Takes away what is left of a room that is another shard's. */
  forget(room: RoomId): Promise<void> {
    const { db, store, own, log } = this.#deps;
    return this.#inTurn(async () => {
      if (own.has(room)) throw refusal("The room is this shard's.");
      this.#heardUntil.delete(room);
      await forgetRoom(db, store, room);
      log.info({ room }, "what was here of a room that is another shard's is taken away");
    });
  }

  /** One after another: what breaks off is still being taken in when it is to be forgotten. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(work);
    this.#changes = done.catch(() => {}); // whoever asked is told
    return done;
  }
}

/** Throws where the body ends before its time. */
async function* linesOf(body: Readable): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const part of body.setEncoding("utf8")) {
    const [first = "", ...more] = String(part).split("\n");
    begun.push(first);
    const rest = more.pop();
    if (rest === undefined) continue;
    yield begun.join("");
    yield* more;
    begun = [rest];
  }
}

function refusal(sentence: string, cause?: unknown): ApiFailure {
  return new ApiFailure("MOVE_REFUSED", { sentence, cause });
}
