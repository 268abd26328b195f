import { setTimeout as wait } from "node:timers/promises";
import { Caller } from "../support/call/caller.ts";

/** Times of a pass, in milliseconds from the click. */
export type Pass = {
  /** Time until a third participant hears the next speaker. */
  readonly heard: number;
  /** Time until that participant hears nothing of the old one any more. */
  readonly silent: number;
  /** Time until the last of all participants was shown the new state. */
  readonly told: number;
};

/** Sound takes a moment to flow through a stream that has just been opened. */
const SETTLE_MS = 200;
const PATIENCE_MS = 10_000;

/** The people of one call, each with a tone of their own, sounding all the time: only the microphones decide. */
export class Circle {
  readonly callers: readonly Caller[];

  /**
   * Gathers seven callers. `listens` is false where only the service's work on the voices matters: people listen on
   * machines of their own.
   */
  static async gather(
    access: readonly { url: string; token: string }[],
    { silent = false, listens = true } = {},
  ): Promise<Circle> {
    const callers: Caller[] = [];
    for (const [index, { url, token }] of access.entries()) {
      const caller = await Caller.join({
        url,
        token,
        tone: silent ? 0 : 400 + 130 * index,
        ears: false,
        subscribes: listens,
      });
      await caller.publish({ muted: true });
      callers.push(caller);
    }
    const circle = new Circle(callers);
    if (listens) await circle.#everybodyReceivesEverybody();
    return circle;
  }

  private constructor(callers: readonly Caller[]) {
    this.callers = callers;
  }

  /** One pass from `old` to `next`. `shows` says of the call's metadata whether it is the state after the pass. */
  async measure({
    old,
    next,
    click,
    shows,
  }: {
    old: string;
    next: string;
    click(): Promise<void>;
    shows(metadata: string): boolean;
  }): Promise<Pass> {
    const third = this.callers.find((caller) => caller.identity !== old && caller.identity !== next);
    if (!third) throw new Error("a pass is heard by a third");
    const [ofOld, ofNext] = [third.listenTo(old), third.listenTo(next)];
    await wait(SETTLE_MS);
    const inTime = (what: string, event: Promise<number>) =>
      within(PATIENCE_MS, event, () => `${what}: a pass from ${old} to ${next} did not come through`);
    const happened = Promise.all([
      inTime("the next one was not heard", ofNext.ear.heard()),
      inTime("the old one did not fall silent", ofOld.ear.silent()),
      inTime("not everybody was told", this.told(shows)),
    ]);
    const at = performance.now();
    const [[heard, silent, told]] = await Promise.all([happened, click()]);
    await Promise.all([ofOld.deafen(), ofNext.deafen()]);
    return { heard: heard - at, silent: silent - at, told: told - at };
  }

  /** Settles with the time at which the last of all was shown such metadata. */
  async told(shows: (metadata: string) => boolean): Promise<number> {
    const times = this.callers.map(
      ({ room }) =>
        new Promise<number>((resolve) => {
          const look = (metadata: string) => {
            if (!shows(metadata)) return;
            room.off("roomMetadataChanged", look);
            resolve(performance.now());
          };
          room.on("roomMetadataChanged", look);
        }),
    );
    return Math.max(...(await Promise.all(times)));
  }

  async leave(): Promise<void> {
    await Promise.all(this.callers.map((caller) => caller.leave()));
  }

  async #everybodyReceivesEverybody(): Promise<void> {
    const missing = () =>
      this.callers.some((one) => this.callers.some((other) => one !== other && !one.hasVoiceOf(other.identity)));
    const deadline = performance.now() + PATIENCE_MS;
    while (missing()) {
      if (performance.now() > deadline) throw new Error("not everybody receives everybody");
      await wait(20);
    }
  }
}

export async function within<T>(ms: number, promise: Promise<T>, otherwise: () => string): Promise<T> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      promise,
      wait(ms, null, { signal: timer.signal }).then(() => {
        throw new Error(otherwise());
      }),
    ]);
  } finally {
    timer.abort();
  }
}
