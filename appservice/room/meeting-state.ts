import type { Logger } from "pino";
import type { RoomId } from "../protocol/identity.ts";
import { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { MEETING_STATE } from "../protocol/namespace.ts";
import { type Homeserver, isForGood } from "./homeserver.ts";

type Written = { readonly id: string; readonly version: number };

const RETRY_MS = 2_000;

/**
 * The meeting's snapshot in the room's state. Only the newest counts, so what changes while one is under way is written
 * once, after it.
 */
export class MeetingState {
  readonly #homeserver: Homeserver;
  readonly #log: Logger;
  readonly #wanted = new Map<RoomId, MeetingSnapshot>();
  readonly #written = new Map<RoomId, Written | null>();
  readonly #busy = new Map<RoomId, Promise<void>>();
  #stopped = false;

  constructor(homeserver: Homeserver, log: Logger) {
    this.#homeserver = homeserver;
    this.#log = log;
  }

  project(snapshot: MeetingSnapshot): void {
    const room = snapshot.roomId;
    this.#wanted.set(room, snapshot);
    if (this.#busy.has(room)) return;
    this.#busy.set(room, this.#write(room).finally(() => this.#busy.delete(room)));
  }

  forget(room: RoomId): void {
    this.#wanted.delete(room);
    this.#written.delete(room);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#busy.values());
  }

  async #write(room: RoomId): Promise<void> {
    for (let want = this.#wanted.get(room); want && !this.#stopped; want = this.#wanted.get(room)) {
      try {
        const stands = await this.#standing(room);
        if (stands?.id === want.id && stands.version === want.version) return;
        await this.#homeserver.setState(room, MEETING_STATE, "", want);
        this.#written.set(room, { id: want.id, version: want.version });
      } catch (error) {
        if (isForGood(error)) {
          this.#wanted.delete(room);
          this.#log.error({ room, err: error }, "the meeting's state cannot be written into this room: the bot lacks the power");
          return;
        }
        this.#log.warn({ room, err: error }, "the meeting's state could not be written; trying again");
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
    }
  }

  /** After a start, what the room says already. */
  async #standing(room: RoomId): Promise<Written | null> {
    const known = this.#written.get(room);
    if (known !== undefined) return known;
    const parsed = MeetingSnapshot.safeParse(await this.#homeserver.stateContent(room, MEETING_STATE, ""));
    const written = parsed.success ? { id: parsed.data.id, version: parsed.data.version } : null;
    this.#written.set(room, written);
    return written;
  }
}
