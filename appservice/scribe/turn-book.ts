import type { MeetingId } from "../protocol/identity.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer, wallClock } from "../time/time.ts";

type Listen = Extract<ToScribe, { type: "listen" }>;
type TurnOf = { meeting: MeetingId; turn: number };

type Entry = {
  listen: Listen;
  readonly listenedAt: number;
  /** Pieces told by processes that died since: the next one counts from 1 again. */
  before: number;
  pieces: number;
  stoppedAt: number | null;
  /** Instant until which all speech is text, or on the disk. */
  safeTo: number;
  /** Instant since which no process of ours has heard this turn, except the second ear; null: one hears it. */
  gapFrom: number | null;
  stuck: Timer | undefined;
};

export type TurnBookDeps = {
  readonly say: (message: FromScribe) => void;
  /** Called for a turn that was stopped long ago and is not drained. */
  readonly onStuck: (turn: TurnOf) => void;
  /** Has speech of a time of a turn, which the scribe has not, written down all the same. */
  readonly rescue: (listen: Listen, from: number, to: number) => void;
  /** Instant until which a turn's speech lies on the disk in pieces. */
  readonly spooledUntil: (turn: TurnOf) => number;
  readonly stuckAfterMs?: number;
};

const OF_NO_LISTENING = ["leave", "expect", "kept", "take-up"] as const;

/** Time in which sound is still under way when the floor passes. */
const UNDER_WAY_MS = 200;

/**
 * Turns that were asked for and not drained yet. Whatever becomes of the process that listens, each of them is drained
 * exactly once, and the second ear is asked for the sound that the process did not hear.
 */
export class TurnBook {
  readonly #parts: TurnBookDeps;
  readonly #turns = new Map<string, Entry>();

  constructor(parts: TurnBookDeps) {
    this.#parts = parts;
  }

  /** Notes a message to the process; false if there is nothing to do about it. */
  note(message: ToScribe): boolean {
    if (isOfNoListening(message)) return true;
    if (message.type === "hand-over") return this.#handOver(message.meeting);
    if (message.type === "move") return this.#move(message.meeting, () => message.call);
    if (message.type === "keys") return this.#move(message.meeting, (call) => ({ ...call, keys: message.keys }));
    const known = this.#turns.get(key(message));
    if (message.type === "listen") {
      if (known) return false;
      this.#turns.set(key(message), {
        listen: message,
        listenedAt: wallClock(),
        before: 0,
        pieces: 0,
        stoppedAt: null,
        safeTo: -Infinity,
        gapFrom: null,
        stuck: undefined,
      });
      return true;
    }
    if (!known || known.stoppedAt !== null) return false;
    known.stoppedAt = wallClock();
    const { onStuck, stuckAfterMs = 90_000 } = this.#parts;
    known.stuck = startTimer(() => onStuck({ meeting: message.meeting, turn: message.turn }), stuckAfterMs);
    known.stuck.unref();
    return true;
  }

  /** Forgets the turns of a meeting: another service listens to them. */
  #handOver(meeting: MeetingId): true {
    for (const entry of [...this.#turns.values()]) if (entry.listen.meeting === meeting) this.#forget(entry);
    return true;
  }

  /** Notes the new call, or its new keys, so that a new process comes into it, too. */
  #move(meeting: MeetingId, change: (call: Listen["call"]) => Listen["call"]): true {
    for (const entry of this.#turns.values())
      if (entry.listen.meeting === meeting) entry.listen = { ...entry.listen, call: change(entry.listen.call) };
    return true;
  }

  /** Passes on a message of the process, if it is about a turn that is still awaited. */
  heard(message: FromScribe): void {
    if (isOfNoTurn(message)) return this.#parts.say(message);
    const entry = this.#turns.get(key(message));
    if (!entry) return;
    if (message.type === "drained") {
      this.#closeGap(entry, wallClock());
      this.#forget(entry);
    }
    if (message.type !== "final" && message.type !== "partial") return this.#parts.say(message);
    const piece = entry.before + message.piece;
    entry.pieces = Math.max(entry.pieces, piece);
    if (message.type === "final") entry.safeTo = Math.max(entry.safeTo, message.endedAt);
    this.#parts.say({ ...message, piece });
  }

  /** Notes that a new process hears this turn from this instant on. */
  hears(turn: TurnOf, at: number): void {
    const entry = this.#turns.get(key(turn));
    if (entry) this.#closeGap(entry, at);
  }

  /** Meetings that wait for something from the scribe. */
  meetings(): string[] {
    return [...new Set([...this.#turns.values()].map(({ listen }) => listen.meeting))];
  }

  /** Turns that a new process has to listen to. */
  running(): Listen[] {
    return [...this.#turns.values()].filter(({ stoppedAt }) => stoppedAt === null).map(({ listen }) => listen);
  }

  /**
   * Opens a gap in each turn, since the process died: once the next process hears the turn, the second ear is asked for
   * all sound that is not safe.
   */
  crashed(): void {
    for (const entry of [...this.#turns.values()]) {
      const { meeting, turn } = entry.listen;
      entry.gapFrom ??= Math.max(entry.listenedAt, entry.safeTo, this.#parts.spooledUntil(entry.listen));
      entry.listen = { ...entry.listen, again: true };
      entry.before = entry.pieces;
      this.#parts.say({ type: "stumbled", meeting, turn });
      if (entry.stoppedAt !== null) this.giveUp(entry.listen);
    }
  }

  /** Ends a turn that no process is there to finish. */
  giveUp(turn: TurnOf): void {
    const entry = this.#turns.get(key(turn));
    if (!entry) return;
    entry.gapFrom ??= entry.listenedAt;
    this.#closeGap(entry, wallClock());
    this.#forget(entry);
    const { meeting, turn: id } = entry.listen;
    this.#parts.say({ type: "drained", meeting, turn: id });
  }

  close(): void {
    for (const entry of [...this.#turns.values()]) this.#forget(entry);
  }

  #closeGap(entry: Entry, at: number): void {
    const { gapFrom, stoppedAt } = entry;
    if (gapFrom === null) return;
    const to = stoppedAt === null ? at : Math.min(at, stoppedAt + UNDER_WAY_MS);
    entry.gapFrom = null;
    entry.safeTo = Math.max(entry.safeTo, to);
    this.#parts.rescue(entry.listen, gapFrom, to);
  }

  #forget(entry: Entry): void {
    clearTimer(entry.stuck);
    this.#turns.delete(key(entry.listen));
  }
}

/** Tells orders that change nothing about which turn is listened to. */
function isOfNoListening(message: ToScribe): message is Extract<ToScribe, { type: (typeof OF_NO_LISTENING)[number] }> {
  return OF_NO_LISTENING.some((type) => type === message.type);
}

/** Tells messages about the process as a whole, or about turns that are over. */
function isOfNoTurn(
  message: FromScribe,
): message is Extract<FromScribe, { type: "ready" | "backlog" | "load" | "late" | "lost" | "handed-over" }> {
  return ["ready", "backlog", "load", "late", "lost", "handed-over"].includes(message.type);
}

function key({ meeting, turn }: TurnOf): string {
  return `${meeting}.${turn}`;
}
