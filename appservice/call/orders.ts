import { BackOff } from "../retry/back-off.ts";
import type { Pace } from "../retry/pace.ts";

export type MicrophoneOrder = {
  /** A track, or the permission. */
  readonly thing: string;
  /** True where it keeps somebody from being heard. */
  readonly closes: boolean;
  readonly send: () => Promise<void>;
  /** Called when the next order may follow. */
  readonly settled: () => void;
  readonly failed: (error: unknown, isFirst: boolean) => void;
};

type Lane = {
  readonly pace: Partial<Pace>;
  readonly underWay: Map<string, MicrophoneOrder>;
  readonly resting: Set<string>;
  readonly backOffs: Map<string, BackOff>;
};

const lane = (pace: Partial<Pace>): Lane => ({
  pace,
  underWay: new Map(),
  resting: new Set(),
  backOffs: new Map(),
});

/** Longest wait before a failed order to close goes out again: until then somebody is heard out of turn. */
const CLOSES_AGAIN_WITHIN_MS = 1_000;

/**
 * Orders to LiveKit about one person, each thing (a track, their permission) by itself: one that hangs about a track
 * that is gone holds up nothing else. An order that opens waits for all before it about the same thing. One that closes
 * waits for no order that opens, whose answer may be lost; so LiveKit may do the two in either order, and whoever gives
 * them has to look afterwards.
 */
export class Orders {
  readonly #opening = lane({});
  readonly #closing = lane({ longestMs: CLOSES_AGAIN_WITHIN_MS });
  readonly #connection: () => string | null;

  /** `connection`: the person's present one; orders left behind by another report nothing. */
  constructor(connection: () => string | null) {
    this.#connection = connection;
  }

  get areUnderWay(): boolean {
    return this.#lanes.some(({ underWay }) => underWay.size > 0);
  }

  /** Tells whether something that is to be opened has no answer yet. */
  get mayOpen(): boolean {
    return this.#opening.underWay.size > 0;
  }

  /** Tells whether an order about it is under way, or waits for its next try. */
  areAbout(thing: string): boolean {
    return this.#lanes.some((each) => isBusy(each, thing));
  }

  /**
   * Sends an order, unless it has to wait for another: then nothing is done, and the other's `settled` will ask anew.
   */
  give(order: MicrophoneOrder): void {
    const { thing, closes } = order;
    if (closes ? isBusy(this.#closing, thing) : this.areAbout(thing)) return;
    const { underWay, resting, backOffs, pace } = closes ? this.#closing : this.#opening;
    underWay.set(thing, order);
    const connection = this.#connection();
    const isOver = () => {
      if (underWay.get(thing) === order) underWay.delete(thing);
    };
    order.send().then(
      () => {
        if (this.#connection() !== connection) return;
        isOver();
        backOffs.delete(thing);
        order.settled();
      },
      (error: unknown) => {
        if (this.#connection() !== connection) return;
        isOver();
        resting.add(thing);
        const backOff = backOffs.get(thing) ?? new BackOff(pace);
        backOffs.set(thing, backOff);
        const isFirst = backOff.failures === 0;
        backOff.retry(() => {
          resting.delete(thing);
          order.settled();
        });
        order.failed(error, isFirst);
      },
    );
  }

  /** Ends the waits for a next try, since something else is wanted now. */
  wake(): void {
    for (const { backOffs, resting } of this.#lanes) {
      for (const backOff of backOffs.values()) backOff.cancel();
      resting.clear();
    }
  }

  /** Tries nothing again, and forgets all orders under way. */
  forget(): void {
    this.wake();
    for (const { backOffs, underWay } of this.#lanes) {
      backOffs.clear();
      underWay.clear();
    }
  }

  get #lanes(): readonly Lane[] {
    return [this.#opening, this.#closing];
  }
}

function isBusy({ underWay, resting }: Lane, thing: string): boolean {
  return underWay.has(thing) || resting.has(thing);
}
