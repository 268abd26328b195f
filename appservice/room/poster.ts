import type { Logger } from "pino";
import { TAKEN_AWAY, type WaitingPost } from "../journal/post.ts";
import type { Outbox } from "../journal/outbox.ts";
import { formatPostKey } from "../journal/post-key.ts";
import { isStorageFailure, type StorageGuard } from "../store/storage-guard.ts";
import type { EventId, MeetingId, RoomId } from "../protocol/identity.ts";
import { isForGood, isUnfit, isUnknown } from "./homeserver-failure.ts";
import { editOf, inThread, reaction, type RoomContent, withoutRinging } from "./messages/message.ts";
import { pause } from "../retry/insist.ts";
import { Failures } from "../retry/pace.ts";
import type { MessagesOfHomeserver } from "./ports.ts";

const REFUSED_ALONE = "the homeserver refuses this one in this room; it waits alone until the bot has the power";
const PACE = { firstMs: 500, longestMs: 30_000 };

/**
 * Sends what waits in the outbox, one message after another in each room. A homeserver that is away is tried again for
 * as long as it takes; meanwhile the meeting goes on.
 */
export class Poster {
  readonly #isEncrypted: (room: RoomId) => Promise<boolean>;
  readonly #outbox: Outbox;
  readonly #homeserver: MessagesOfHomeserver;
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #guard: StorageGuard;
  /** The message of a circle stands: its thread and its edits can be found by it. */
  readonly #onRoot: (room: RoomId) => void;
  /** State of the room that held words which were taken back is gone: it is to be written anew. */
  readonly #onStateGone: (room: RoomId) => void;
  readonly #busy = new Map<RoomId, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(options: {
    outbox: Outbox;
    homeserver: MessagesOfHomeserver;
    isEncrypted: (room: RoomId) => Promise<boolean>;
    log: Logger;
    now: () => number;
    guard: StorageGuard;
    onRoot?: (room: RoomId) => void;
    onStateGone?: (room: RoomId) => void;
  }) {
    this.#isEncrypted = options.isEncrypted;
    this.#outbox = options.outbox;
    this.#homeserver = options.homeserver;
    this.#log = options.log;
    this.#now = options.now;
    this.#guard = options.guard;
    this.#onRoot = options.onRoot ?? (() => {});
    this.#onStateGone = options.onStateGone ?? (() => {});
  }

  start(): void {
    this.#outbox.release(null);
    for (const room of this.#outbox.waitingRooms()) this.wake(room);
  }

  /** Sends what waits in a room, once all of it is written. */
  wake(room: RoomId): void {
    this.#outbox.afterCommit(() => this.#begin(room));
  }

  #begin(room: RoomId): void {
    if (this.#busy.has(room) || this.#stopping.signal.aborted) return;
    // A message that was sent and could not be noted down is sent once more, under the same transaction id: the
    // homeserver knows it.
    const running = this.#guard
      .untilKept(() => this.#sendAll(room), this.#stopping.signal)
      .finally(() => {
        this.#busy.delete(room);
        if (this.#outbox.waitingRooms().includes(room)) this.wake(room);
      });
    this.#busy.set(room, running);
  }

  /** The bot is in the room again, or has the power again. */
  opened(room: RoomId): void {
    this.#outbox.release(room);
    this.wake(room);
  }

  /** Leaves what waits in a room to another service. Resolves once nothing of it is under way any more. */
  async letGo(room: RoomId): Promise<void> {
    this.#outbox.hold(room);
    await this.#busy.get(room);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#busy.values());
  }

  async #sendAll(room: RoomId): Promise<void> {
    const failures = new Failures(PACE);
    let stateWent = false;
    while (!this.#stopping.signal.aborted) {
      const going = this.#outbox.standing.nextToGo(room);
      if (going !== null) {
        const away = await this.#takeAway(room, going.eventId, failures);
        stateWent ||= away === "done" && going.key.kind === "state";
        if (away === "done") failures.reset();
        continue;
      }
      if (stateWent) this.#onStateGone(room);
      stateWent = false;
      const post = this.#outbox.next(room);
      if (!post) return;
      if (isNowhere(post)) {
        this.#outbox.skip(post);
        continue;
      }
      try {
        if (post.scope.kind === "meeting" && (await this.#isEncrypted(room))) {
          this.#keepBack(room);
          continue;
        }
        this.#outbox.sent(post, await this.#send(post), this.#now());
        if (post.key.kind === "circle" && post.eventId === null) this.#onRoot(room);
        failures.reset();
      } catch (error) {
        if (isStorageFailure(error)) throw error;
        if (isUnfit(error)) {
          this.#skip(post, error);
          continue;
        }
        if (isForGood(error) && hasPowerOfItsOwn(post)) {
          this.#outbox.holdOne(post);
          this.#log.warn({ ...placeOf(post), err: error }, REFUSED_ALONE);
          continue;
        }
        if (isForGood(error)) return this.#holdBack(room, error);
        if (failures.isLong && (await this.#homeserver.failsAtThisAlone(error))) {
          this.#skip(post, error);
          failures.reset();
          continue;
        }
        const retryMs = failures.add();
        this.#log.warn({ ...placeOf(post), err: error, retryMs }, "the homeserver did not take a message; it waits");
        await pause(retryMs, this.#stopping.signal);
      }
    }
  }

  /**
   * A message with all its edits, or one edit. Those before it are taken away first: with it they could not be found
   * any more.
   */
  async #takeAway(room: RoomId, eventId: EventId, failures: Failures): Promise<"done" | "refused" | "later"> {
    const { standing } = this.#outbox;
    try {
      for (const each of [...(await this.#homeserver.ownEditsOf(room, eventId)), eventId]) {
        await this.#homeserver.redact(room, each, `mm-away-${each}`);
        standing.went(each);
      }
      return "done";
    } catch (error) {
      if (isStorageFailure(error)) throw error;
      if (isUnfit(error) || isUnknown(error)) {
        standing.went(eventId);
        this.#log.error(
          { room, event: eventId, err: error },
          "a message that held words which were taken back cannot be taken away",
        );
        return "done";
      }
      if (isForGood(error)) {
        standing.holdOne(eventId);
        this.#log.warn({ room, event: eventId, err: error }, REFUSED_ALONE);
        return "refused";
      }
      const retryMs = failures.add();
      this.#log.warn({ room, err: error, retryMs }, "the homeserver did not take a message away; it waits");
      await pause(retryMs, this.#stopping.signal);
      return "later";
    }
  }

  async #send(post: WaitingPost): Promise<EventId> {
    if (post.eventId !== null && isTakenAway(post)) {
      await this.#homeserver.redact(post.room, post.eventId, post.transactionId);
      return post.eventId;
    }
    return this.#homeserver.send(post.room, post.type, post.transactionId, wholeContent(post));
  }

  /** Skips one message that cannot be sent, so that it does not take the others along. */
  #skip(post: WaitingPost, error: unknown): void {
    this.#outbox.skip(post);
    this.#log.error(
      { ...placeOf(post), err: error },
      "the homeserver does not take this message; it alone was given up",
    );
  }

  /** Holds back people's words, which must not stand unencrypted where encryption was switched on. */
  #keepBack(room: RoomId): void {
    const messages = this.#outbox.holdMeetings(room);
    this.#log.warn({ room, messages }, "this room is encrypted now; what is left of its record is not written into it");
  }

  #holdBack(room: RoomId, error: unknown): void {
    const messages = this.#outbox.hold(room);
    this.#log.error(
      { room, messages, err: error },
      "the homeserver refuses messages to this room; they wait until the bot is invited again or has the power",
    );
  }
}

/** Tells whether a room may ask for more power for it than for a message: reactions and redactions. */
function hasPowerOfItsOwn(post: WaitingPost): boolean {
  return post.type === "m.reaction" || (post.eventId !== null && isTakenAway(post));
}

function isTakenAway({ content }: WaitingPost): boolean {
  return content[TAKEN_AWAY] === true;
}

/** A reaction to a message that does not stand, or what was to be taken away before it ever stood. */
function isNowhere(post: WaitingPost): boolean {
  const { type, thread, threadRoot, eventId } = post;
  return (type === "m.reaction" && thread !== null && threadRoot === null) || (eventId === null && isTakenAway(post));
}

/** Messages of a meeting may still wait while the room has another one. */
function placeOf({ room, scope, key }: WaitingPost): { room: RoomId; meeting?: MeetingId; key: string } {
  const meeting = scope.kind === "meeting" ? { meeting: scope.meeting } : {};
  return { room, ...meeting, key: formatPostKey(key) };
}

/**
 * Adds to the content all that is only known once the messages before it stand: the message it edits, its thread, the
 * message it reacts to.
 */
function wholeContent({
  type,
  thread,
  content: wanted,
  eventId,
  mentioned,
  threadRoot,
  threadLatest,
  again,
}: WaitingPost): RoomContent {
  const content = again && type === "m.room.message" && eventId === null ? withoutRinging(wanted) : wanted;
  if (type === "m.reaction") return thread === null ? content : reaction(threadRoot ?? "", String(content["key"]));
  if (eventId) return editOf(eventId, content, mentioned);
  return threadRoot && threadLatest ? inThread(content, threadRoot, threadLatest) : content;
}
