import type { Logger } from "pino";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";
import { type DecryptedEvent, EncryptedEvent, type Unread } from "./acts.ts";
import type { EventId } from "../protocol/identity.ts";
import type { KeyStore } from "./key-store.ts";
import type { KeyThread } from "./key-thread.ts";
import { KeysAwaited } from "./keys-awaited.ts";
import { GIVEN_UP_AFTER_MS, ParkedEvents } from "./parked-events.ts";

/** An event as the room's parts know it. */
export type RoomEventRead = {
  readonly event_id: EventId;
  readonly room_id: string;
  readonly type: string;
  readonly [field: string]: unknown;
};

/** `later`: it waits for its key, and comes again by `onAgain`. `never`: it is nothing that anybody may act on. */
export type Opening = RoomEventRead | "later" | "never";

/** A key comes by another way than the event, a moment before or after it. */
const KEY_WITHIN_MS = 2_000;
const ASK_AGAIN_AFTER_MS = 3_000;
/** Silence that people bear before they are told. */
const TOLD_AFTER_MS = 10_000;
const MOST_TRIES = 5;

export type EventReadingDeps = {
  readonly thread: Pick<KeyThread, "ask">;
  readonly store: Pick<KeyStore, "isFirstAt">;
  readonly log: Logger;
  readonly now: () => number;
  /** The bot's own id: nobody waits for what it said itself. */
  readonly self: string;
  /** Types that may come encrypted. The room's state never does: it is not believed by such a way. */
  readonly types: ReadonlySet<string>;
  readonly onUnread: (reason: Unread | "replayed" | "odd") => void;
  /** Tells the room that a message cannot be read. */
  readonly tell: (event: EncryptedEvent) => void;
};

/**
 * Opens encrypted events. One whose key has not come yet keeps its room's order for a moment; after that others pass
 * it, its key is asked for, and the room is told. A sender who owes a key holds nobody up again.
 */
export class EventReading {
  readonly #deps: EventReadingDeps;
  readonly #awaited = new KeysAwaited();
  readonly #parked: ParkedEvents;
  /** Number of tries at each parked event: a key may come that does not reach back as far as it. */
  readonly #tries = new Map<string, number>();
  /** Senders of whom something could not be read. */
  readonly #owing = new Set<string>();
  readonly #timers = new Set<Timer>();
  #onAgain: (event: EncryptedEvent) => void = () => {};

  constructor(deps: EventReadingDeps) {
    this.#deps = deps;
    this.#parked = new ParkedEvents({
      now: deps.now,
      onGone: (event) => {
        this.#tries.set(event.event_id, MOST_TRIES);
        this.#onAgain(event);
      },
    });
  }

  /** Sets who hears of an event that is to be opened again: its key has come after all, or is awaited no longer. */
  onAgain(again: (event: EncryptedEvent) => void): void {
    this.#onAgain = again;
  }

  /** Opens an event that the homeserver sent. Throws `KeysBusy` where trying again may help. */
  async open(given: RoomEventRead): Promise<Opening> {
    const event = EncryptedEvent.safeParse(given).data;
    if (!event) {
      this.#deps.onUnread("odd");
      return "never";
    }
    const first = await this.#decrypt(event);
    if (!mayPass(first)) return this.#outcome(event, first);
    // Its keys went with a lost database.
    if (event.sender === this.#deps.self) return "never";
    if (!this.#owing.has(event.sender)) {
      await this.#awaited.within(first.session, KEY_WITHIN_MS);
      const second = await this.#decrypt(event);
      if (!mayPass(second)) return this.#outcome(event, second);
    }
    return this.#park(event, first);
  }

  /** Opens an event that was fetched: what cannot be read stays as it is. */
  async opened(given: RoomEventRead): Promise<RoomEventRead> {
    const event = EncryptedEvent.safeParse(given).data;
    if (!event) return given;
    const read = await this.#decrypt(event);
    return "unread" in read || !this.#deps.types.has(read.type) ? given : plain(event, read);
  }

  /** Keys have come: whoever waits for them tries again. */
  keysCame(sessions: readonly string[]): void {
    for (const session of sessions) this.#awaited.came(session);
    const came = new Set(sessions);
    for (const event of this.#parked.take((each) => came.has(sessionOf(each)))) this.#onAgain(event);
  }

  stop(): void {
    for (const timer of this.#timers) clearTimer(timer);
    this.#awaited.stop();
    this.#parked.stop();
  }

  #decrypt(event: EncryptedEvent): Promise<DecryptedEvent> {
    return this.#deps.thread.ask("decrypt", event);
  }

  #outcome(event: EncryptedEvent, read: DecryptedEvent): Opening {
    const { store, types, onUnread, log, now, tell } = this.#deps;
    const about = { room: event.room_id, event: event.event_id };
    if ("unread" in read) {
      onUnread(read.unread);
      log.warn({ ...about, reason: read.unread, why: read.why }, "an encrypted event is not read");
      if (read.unread === "withheld") tell(event);
      return "never";
    }
    this.#owing.delete(event.sender);
    this.#tries.delete(event.event_id);
    if (!types.has(read.type) || event["state_key"] !== undefined) {
      onUnread("odd");
      return "never";
    }
    if (!store.isFirstAt(read.session, read.index, event.event_id, now())) {
      onUnread("replayed");
      log.warn(about, "an encrypted event repeats an earlier one; it is not read");
      return "never";
    }
    return plain(event, read);
  }

  #park(event: EncryptedEvent, { unread, session }: Passing): Opening {
    const { onUnread, thread, log, now, tell } = this.#deps;
    const { sender, event_id: id } = event;
    const tries = (this.#tries.get(id) ?? 0) + 1;
    if (tries > MOST_TRIES || now() - sentAt(event) > GIVEN_UP_AFTER_MS) {
      this.#tries.delete(id);
      onUnread(unread);
      return "never";
    }
    this.#tries.set(id, tries);
    this.#parked.add(event);
    if (tries > 1) return "later";
    log.info({ room: event.room_id, event: id, session, reason: unread }, "the key of an encrypted event is awaited");
    const owesAlready = this.#owing.has(sender);
    this.#owing.add(sender);
    if (!owesAlready) this.#after(ASK_AGAIN_AFTER_MS, () => void thread.ask("askForKey", event).catch(() => {}));
    this.#after(TOLD_AFTER_MS, () => {
      if (!this.#parked.has(id)) return;
      onUnread(unread);
      if (!owesAlready) tell(event);
    });
    return "later";
  }

  #after(ms: number, work: () => void): void {
    const timer = startTimer(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }
}

type Passing = Extract<DecryptedEvent, { unread: Unread }>;

function mayPass(read: DecryptedEvent): read is Passing {
  return "unread" in read && (read.unread === "no-key" || read.unread === "unknown-device");
}

function plain(event: EncryptedEvent, { type, content }: Extract<DecryptedEvent, { type: string }>): RoomEventRead {
  return { ...event, type, content };
}

function sessionOf({ content }: EncryptedEvent): string {
  return String(content["session_id"]);
}

function sentAt(event: EncryptedEvent): number {
  return Number(event["origin_server_ts"]) || 0;
}
