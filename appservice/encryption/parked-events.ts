import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";
import type { EncryptedEvent } from "./acts.ts";

/** Whose key has not come until then will hardly send it. */
export const GIVEN_UP_AFTER_MS = 3600_000;
const MOST = 2_000;
/** Events of one sender: nobody fills the places of all others. */
const MOST_OF_ONE = 200;

type Parked = { readonly event: EncryptedEvent; readonly since: number };

/**
 * Events that wait for their keys. None waits for longer than an hour, whatever time it names itself, and where there
 * are too many the one that has waited longest goes, so that there is always room for the next.
 */
export class ParkedEvents {
  /** The one that waits longest stands first. */
  readonly #parked = new Map<string, Parked>();
  readonly #now: () => number;
  readonly #onGone: (event: EncryptedEvent) => void;
  #timer: Timer | null = null;

  /** `onGone` hears of each event that waits no longer though no key has come. */
  constructor({ now, onGone }: { now: () => number; onGone: (event: EncryptedEvent) => void }) {
    this.#now = now;
    this.#onGone = onGone;
  }

  add(event: EncryptedEvent): void {
    const ofOne = [...this.#parked.values()].filter(({ event: { sender } }) => sender === event.sender);
    const [longest] = ofOne.length >= MOST_OF_ONE ? ofOne : this.#parked.size >= MOST ? this.#parked.values() : [];
    if (longest) this.#letGo(longest);
    this.#parked.set(event.event_id, { event, since: this.#now() });
    this.#timer ??= startTimer(() => this.#letGoOfOld(), GIVEN_UP_AFTER_MS).unref();
  }

  has(id: string): boolean {
    return this.#parked.has(id);
  }

  /** Takes out those that fulfil a condition. */
  take(isIt: (event: EncryptedEvent) => boolean): EncryptedEvent[] {
    const taken = [...this.#parked.values()].map(({ event }) => event).filter(isIt);
    for (const { event_id: id } of taken) this.#parked.delete(id);
    return taken;
  }

  stop(): void {
    clearTimer(this.#timer);
  }

  #letGo({ event }: Parked): void {
    this.#parked.delete(event.event_id);
    this.#onGone(event);
  }

  #letGoOfOld(): void {
    this.#timer = null;
    for (const parked of this.#parked.values()) {
      const left = parked.since + GIVEN_UP_AFTER_MS - this.#now();
      if (left > 0) {
        this.#timer = startTimer(() => this.#letGoOfOld(), left).unref();
        return;
      }
      this.#letGo(parked);
    }
  }
}
