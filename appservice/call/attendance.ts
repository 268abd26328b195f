import type { Logger } from "pino";
import type { ParticipantId } from "../protocol/identity.ts";
import { CallPresence, type Connection } from "./presence.ts";
import { BarredParticipants } from "./barred-participants.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer, wallClock } from "../time/time.ts";

/** Interval at which LiveKit's list is read: webhooks get lost, and without a meeting nothing else would ever tell. */
const LOOK_AGAIN_MS = 10_000;
/** Time after a token was given during which its holder may be in the call, though no webhook said so. */
const EXPECTED_FOR_MS = 180_000;
/** Time to come into the call that goes on under another name; longer than anybody needs. */
const MOVE_WITHIN_MS = 8_000;

/** Moments after a token was given at which LiveKit's list is read. */
const SOON_MS = [700, 2_000, 5_000];

export type AttendanceDeps = {
  readonly log: Logger;
  readonly onChange: (id: ParticipantId, connected: boolean) => void;
  readonly remove: (id: ParticipantId) => Promise<void>;
  readonly mayBeIn: (id: ParticipantId) => Promise<boolean>;
  readonly onIntruder: (id: ParticipantId) => void;
  /** Compares the people known to be in the call with LiveKit's own list, unless the watcher tells of everything. */
  readonly look: () => void;
  readonly lookAgainMs: number | undefined;
  readonly moveWithinMs: number | undefined;
};

/** Keeps count of one room's call: people who are in it, who may be in it, and who are to stay out. */
export class Attendance {
  readonly #options: AttendanceDeps;
  readonly #presence: CallPresence;
  readonly #shownOut: BarredParticipants;
  #looking: Timer | undefined;
  #expectedUntil = 0;
  #closed = false;

  constructor(options: AttendanceDeps) {
    this.#options = options;
    this.#presence = new CallPresence(options.onChange);
    this.#shownOut = new BarredParticipants(options);
  }

  get connected(): ParticipantId[] {
    return this.#presence.connected;
  }

  snapshot(): Connection[] {
    return this.#presence.snapshot();
  }

  /** Expects a person who is given a token. */
  admit(id: ParticipantId): void {
    this.#shownOut.admit(id);
    this.#expect();
    // Looks several times: newcomers hear nothing before they are seen, and a webhook may be lost.
    for (const ms of SOON_MS) {
      startTimer(() => {
        if (!this.#closed && !this.connected.includes(id)) this.#options.look();
      }, ms).unref();
    }
  }

  remove(id: ParticipantId): Promise<void> {
    return this.#shownOut.remove(
      id,
      this.snapshot().find((connection) => connection.id === id),
    );
  }

  /** Follows the call to its next name; everybody comes into it anew, except one person if one is named. */
  movedWithout(id: ParticipantId | null): void {
    this.#presence.moved({ without: id, withinMs: this.#options.moveWithinMs ?? MOVE_WITHIN_MS });
    this.#expect();
  }

  joined(connection: Connection): void {
    if (!this.#shownOut.admits(connection)) return;
    this.#presence.joined(connection);
    this.#lookAgain();
  }

  left(connection: Pick<Connection, "id" | "sid">): void {
    this.#presence.left(connection);
  }

  /** Marks everybody as gone: the call goes on under another name, with nobody in it yet. */
  allGone(): void {
    for (const connection of this.snapshot()) this.#presence.left(connection);
  }

  /** Marks everybody in the room as gone, since LiveKit has closed it. */
  finished(at: number): void {
    for (const connection of this.snapshot()) if (connection.joinedAt <= at) this.#presence.left(connection);
  }

  compare(everybody: readonly Connection[], before: readonly Connection[]): void {
    this.#presence.compare(
      everybody.filter((connection) => this.#shownOut.admits(connection)),
      before,
    );
  }

  close(): void {
    this.#closed = true;
    clearTimer(this.#looking);
    this.#shownOut.close();
  }

  #expect(): void {
    this.#expectedUntil = wallClock() + EXPECTED_FOR_MS;
    this.#lookAgain();
  }

  /** Goes on looking as long as somebody is in the call, or may be. */
  #lookAgain(): void {
    if (this.#looking || this.#closed) return;
    this.#looking = startTimer(() => {
      this.#looking = undefined;
      if (this.connected.length === 0 && wallClock() > this.#expectedUntil) return;
      this.#options.look();
      this.#lookAgain();
    }, this.#options.lookAgainMs ?? LOOK_AGAIN_MS).unref();
  }
}
