import type { CallState } from "./calls-options.ts";
import type { LiveKit } from "./livekit.ts";
import type { Reach } from "./reach.ts";
import type { WatcherListener } from "./watcher.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";

/**
 * Time to watch on after a meeting. It covers the return of somebody who dropped out in their turn, whose microphone
 * may still be open.
 */
const WATCH_ON_MS = 30_000;

/**
 * Interval of looks at LiveKit's list while the watcher is not in: its entry may hang for seconds, in which somebody
 * may come back with an open microphone.
 */
const LOOK_EVERY_MS = 1_000;

export type GuardDeps = {
  readonly livekit: Pick<LiveKit, "tokens" | "watch" | "witness">;
  readonly reach: Pick<Reach, "away" | "look">;
  /** Name by which LiveKit knows the call now. */
  readonly name: () => string;
  /** Makes sure that the call's LiveKit room exists; called before each try to come in. */
  readonly open: () => Promise<void>;
  readonly seen: WatcherListener;
  /** Called with the connection of somebody whose sound is not for everybody. */
  readonly onWithheld: (sid: string) => void;
  /** Called at the start of an entry: until everybody was told of, nothing is known for sure. */
  readonly onEntering: () => void;
  readonly onWatching: () => void;
  readonly onLost: (reason: string) => void;
  readonly onState: (state: CallState) => void;
  /** Called every second while the watcher is not in and LiveKit is there. */
  readonly look: () => void;
  /** Tells whether every microphone is as it should be, and everybody is shown how the meeting stands. */
  readonly isSettled: () => boolean;
  readonly watchOnMs: number | undefined;
};

/**
 * Our own participants in one room's call while a meeting runs, the watcher and the witness; and the state of the floor
 * they keep.
 */
export class Guard {
  readonly #options: GuardDeps;
  #watcher: ReturnType<LiveKit["watch"]> | null = null;
  #witness: ReturnType<LiveKit["witness"]> | null = null;
  #watchingOn: Timer | undefined;
  #looking: Timer | undefined;
  #state: CallState = "off";

  constructor(options: GuardDeps) {
    this.#options = options;
  }

  get state(): CallState {
    return this.#state;
  }

  get isUp(): boolean {
    return this.#watcher !== null;
  }

  /** Tells whether the watcher is in the call and tells of everything that happens. */
  get isWatching(): boolean {
    return this.#watcher?.watching === true;
  }

  /** Keeps the floor: a meeting runs. */
  keep(): void {
    const wasOver = this.#watchingOn !== undefined;
    clearTimer(this.#watchingOn);
    this.#watchingOn = undefined;
    // A meeting that begins now has to be told anew that LiveKit is away.
    if (wasOver && this.#state === "away") this.leave();
    if (!this.#watcher) this.enter();
  }

  /** Leaves some time after the meeting, and not before every microphone is closed that a turn had opened. */
  leaveLater(): void {
    if (!this.#watcher) return;
    this.#watchingOn ??= startTimer(() => {
      this.#watchingOn = undefined;
      if (this.isWatching && this.#options.isSettled()) this.leave();
      else this.leaveLater();
    }, this.#options.watchOnMs ?? WATCH_ON_MS).unref();
  }

  /** Leaves at once, since nobody is in the call any more whose microphone could be open. */
  leave(): void {
    clearTimer(this.#watchingOn);
    this.#watchingOn = undefined;
    clearTimer(this.#looking);
    this.#looking = undefined;
    const watcher = this.#watcher;
    this.#watcher = null;
    this.#witness?.close();
    this.#setState("off");
    void watcher?.close();
  }

  /** Comes into the call by its present name, and goes out of the one before. */
  enter(): void {
    const { livekit, reach, name, open, seen, onEntering, onWatching, onWithheld, onLost } = this.#options;
    void this.#watcher?.close();
    this.#witness?.close();
    onEntering();
    this.#setState(reach.away ? "away" : "connecting");
    this.#witness = livekit.witness({ admission: () => livekit.tokens.witness(name()), onWithheld });
    this.#watcher = livekit.watch({
      seen,
      admission: async () => {
        // An entry into a LiveKit that hangs would hang, too.
        if (reach.away) throw new Error("LiveKit is away");
        await open();
        return livekit.tokens.watcher(name());
      },
      onWatching: () => {
        // Reach alone decides whether LiveKit is there: it will say so in a moment.
        if (reach.away) reach.look();
        else this.#setState("guarded");
        onWatching();
      },
      onLost: (reason) => {
        this.#lookUntilIn();
        if (reach.away) return;
        reach.look();
        onLost(reason);
        if (this.#state === "guarded") this.#setState("connecting");
      },
    });
    this.#lookUntilIn();
    // Starts the looks at every second now, not when the next idle one is due.
    reach.look();
  }

  /** Notes that LiveKit does not answer, or refuses us. The watcher stays for the little it may still see. */
  away(): void {
    if (this.#watcher) this.#setState("away");
  }

  /**
   * Enters anew when LiveKit answers again: a connection that stood through it may be dead without a sign, or have
   * missed something.
   */
  back(): void {
    if (this.#watcher) this.enter();
  }

  async close(): Promise<void> {
    clearTimer(this.#watchingOn);
    clearTimer(this.#looking);
    this.#witness?.close();
    await this.#watcher?.close();
  }

  #lookUntilIn(): void {
    this.#looking ??= startTimer(() => {
      this.#looking = undefined;
      if (!this.isUp || this.isWatching) return;
      if (!this.#options.reach.away) this.#options.look();
      this.#lookUntilIn();
    }, LOOK_EVERY_MS).unref();
  }

  #setState(state: CallState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
