import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";

type Listen = Extract<ToScribe, { type: "listen" }>;
type TurnOf = { meeting: string; turn: number };

type Entry = {
  listen: Listen;
  /** Pieces told by processes that died since: the next one counts from 1 again. */
  before: number;
  pieces: number;
  stopped: boolean;
  stuck: NodeJS.Timeout | undefined;
};

export type TurnBookParts = {
  readonly say: (message: FromScribe) => void;
  /** A turn was stopped long ago, and is not drained. */
  readonly onStuck: (turn: TurnOf) => void;
  readonly stuckAfterMs?: number;
};

/**
 * Which turns were asked for and not drained yet. Whatever becomes of the process that listens, each of them is drained
 * exactly once.
 */
export class TurnBook {
  readonly #parts: TurnBookParts;
  readonly #turns = new Map<string, Entry>();

  constructor(parts: TurnBookParts) {
    this.#parts = parts;
  }

  /** False if there is nothing to do about this message. */
  note(message: ToScribe): boolean {
    if (message.type === "leave" || message.type === "expect" || message.type === "kept") return true;
    if (message.type === "move") return this.#move(message);
    const known = this.#turns.get(key(message));
    if (message.type === "listen") {
      if (known) return false;
      this.#turns.set(key(message), { listen: message, before: 0, pieces: 0, stopped: false, stuck: undefined });
      return true;
    }
    if (!known || known.stopped) return false;
    known.stopped = true;
    const { onStuck, stuckAfterMs = 90_000 } = this.#parts;
    known.stuck = setTimeout(() => onStuck({ meeting: message.meeting, turn: message.turn }), stuckAfterMs);
    known.stuck.unref();
    return true;
  }

  /** A new process is to come into the present call, too. */
  #move({ meeting, call }: Extract<ToScribe, { type: "move" }>): true {
    for (const entry of this.#turns.values()) if (entry.listen.meeting === meeting) entry.listen = { ...entry.listen, call };
    return true;
  }

  /** Passes on what the process said, if it is about a turn that is still awaited. */
  heard(message: FromScribe): void {
    // About the process as a whole, or about turns that are over.
    if (message.type === "ready" || message.type === "backlog" || message.type === "late" || message.type === "lost") return this.#parts.say(message);
    const entry = this.#turns.get(key(message));
    if (!entry) return;
    if (message.type === "drained") this.#forget(entry);
    if (message.type !== "final" && message.type !== "partial") return this.#parts.say(message);
    const piece = entry.before + message.piece;
    entry.pieces = Math.max(entry.pieces, piece);
    this.#parts.say({ ...message, piece });
  }

  /** Meetings that the scribe owes something. */
  meetings(): string[] {
    return [...new Set([...this.#turns.values()].map(({ listen }) => listen.meeting))];
  }

  /** The turns that a new process has to listen to. */
  running(): Listen[] {
    return [...this.#turns.values()].filter(({ stopped }) => !stopped).map(({ listen }) => listen);
  }

  /** The process died: what it was writing is lost, what is still being spoken will be heard by the next one. */
  crashed(): void {
    for (const entry of [...this.#turns.values()]) {
      if (entry.stopped) this.giveUp(entry.listen);
      else this.#lost(entry);
      entry.before = entry.pieces;
    }
  }

  /** There is nobody to finish this turn. */
  giveUp(turn: TurnOf): void {
    const entry = this.#turns.get(key(turn));
    if (!entry) return;
    this.#forget(entry);
    this.#lost(entry);
    const { meeting, turn: id } = entry.listen;
    this.#parts.say({ type: "drained", meeting, turn: id });
  }

  close(): void {
    for (const entry of [...this.#turns.values()]) this.#forget(entry);
  }

  #lost({ listen: { meeting, turn } }: Entry): void {
    this.#parts.say({ type: "failed", meeting, turn, code: "scribe-crashed", error: "the scribe's process ended" });
  }

  #forget(entry: Entry): void {
    clearTimeout(entry.stuck);
    this.#turns.delete(key(entry.listen));
  }
}

function key({ meeting, turn }: TurnOf): string {
  return `${meeting}.${turn}`;
}
