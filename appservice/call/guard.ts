import type { CallState } from "./calls-options.ts";
import type { LiveKitConnection } from "./options.ts";
import type { Reach } from "./reach.ts";
import { watcherToken, witnessToken } from "./tokens.ts";
import { Watcher, type WatcherListener } from "./watcher.ts";
import { Witness } from "./witness.ts";

/** Covers the return of whoever dropped out with the word: their microphone may still be open when the meeting is over. */
const WATCH_ON_MS = 30_000;

export type GuardDeps = {
  readonly livekit: LiveKitConnection;
  readonly reach: Pick<Reach, "away" | "look">;
  /** By which LiveKit knows the call now. */
  readonly name: () => string;
  /** Makes sure that there is a room to come into; called before each try to. */
  readonly open: () => Promise<void>;
  readonly seen: WatcherListener;
  /** The connection of somebody whose sound is not for everybody. */
  readonly onWithheld: (sid: string) => void;
  /** From now on until it is told of everybody, nothing is known for sure. */
  readonly onEntering: () => void;
  readonly onWatching: () => void;
  readonly onLost: (reason: string) => void;
  readonly onState: (state: CallState) => void;
  /** Every microphone is as it should be, and everybody is shown how the meeting stands. */
  readonly isSettled: () => boolean;
  readonly watchOnMs: number | undefined;
};

/** Ours in one room's call while a meeting runs, the watcher and the witness; and whether the floor is kept by them. */
export class Guard {
  readonly #options: GuardDeps;
  #watcher: Watcher | null = null;
  #witness: Witness | null = null;
  #watchingOn: NodeJS.Timeout | undefined;
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

  /** The watcher tells of everything that happens. */
  get isWatching(): boolean {
    return this.#watcher?.watching === true;
  }

  /** A meeting runs. */
  keep(): void {
    const wasOver = this.#watchingOn !== undefined;
    clearTimeout(this.#watchingOn);
    this.#watchingOn = undefined;
    // That LiveKit is away is told anew to a meeting that begins now.
    if (wasOver && this.#state === "away") this.#leave();
    if (!this.#watcher) this.enter();
  }

  /** The meeting is over. Not before every microphone is closed that a turn had opened. */
  leaveLater(): void {
    if (!this.#watcher) return;
    this.#watchingOn ??= setTimeout(() => {
      this.#watchingOn = undefined;
      if (this.isWatching && this.#options.isSettled()) this.#leave();
      else this.leaveLater();
    }, this.#options.watchOnMs ?? WATCH_ON_MS).unref();
  }

  /** Comes into the call by the name that it has now, and goes out of the one before. */
  enter(): void {
    const { livekit, reach, name, open, seen, onEntering, onWatching, onWithheld, onLost } = this.#options;
    const url = livekit.internalUrl.replace(/^http/, "ws");
    void this.#watcher?.close();
    this.#witness?.close();
    onEntering();
    this.#setState(reach.away ? "away" : "connecting");
    this.#witness = new Witness({ url, admission: () => witnessToken(livekit, name()), onWithheld });
    this.#watcher = new Watcher({
      url,
      seen,
      admission: async () => {
        // Knocking at a LiveKit that hangs would hang, too.
        if (reach.away) throw new Error("LiveKit is away");
        await open();
        return watcherToken(livekit, name());
      },
      onWatching: () => {
        // Whether LiveKit is there is decided in one place: it will say so in a moment.
        if (reach.away) reach.look();
        else this.#setState("guarded");
        onWatching();
      },
      onLost: (reason) => {
        if (reach.away) return;
        reach.look();
        onLost(reason);
        if (this.#state === "guarded") this.#setState("connecting");
      },
    });
    // From now on it is looked at every second, and not when an idle one comes to look.
    reach.look();
  }

  /** LiveKit does not answer, or refuses us. What the watcher may still see is of use, though nothing can be done about it. */
  away(): void {
    if (this.#watcher) this.#setState("away");
  }

  /** LiveKit answers again. A connection that stood through it may be dead without a sign, or have missed something. */
  back(): void {
    if (this.#watcher) this.enter();
  }

  async close(): Promise<void> {
    clearTimeout(this.#watchingOn);
    this.#witness?.close();
    await this.#watcher?.close();
  }

  #leave(): void {
    const watcher = this.#watcher;
    this.#watcher = null;
    this.#witness?.close();
    this.#setState("off");
    void watcher?.close();
  }

  #setState(state: CallState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
