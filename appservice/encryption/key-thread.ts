import { Worker } from "node:worker_threads";
import type { Logger } from "pino";
import { pause } from "../retry/insist.ts";
import { Failures } from "../retry/pace.ts";
import type { DeviceActs, DeviceOptions, DeviceStatus, KeeperActs } from "./acts.ts";
import { type Exchange, exchange, KeysBusy } from "./exchange.ts";
import type { KeyStore } from "./key-store.ts";

const SCRIPT = new URL("./device/thread.ts", import.meta.url);
const PACE = { firstMs: 500, longestMs: 30_000 };
/** Nobody waits longer for a start; whoever gives up tries again at their own pace. */
const PATIENCE_MS = 20_000;

export type KeyThreadDeps = {
  readonly store: KeyStore;
  readonly device: DeviceOptions;
  readonly log: Logger;
  readonly now: () => number;
  /** Writes, and sees to it where the disk takes nothing. */
  readonly kept: (write: () => void) => void;
  readonly onKeys: (sessions: readonly string[]) => void;
  /**
   * Sentence for the log where encryption cannot work until an admin mends something; null where it may yet. Asked
   * before the first try, too, with no error.
   */
  readonly hopeless: (error: unknown) => string | null;
};

export type KeyThreadState = "starting" | "ready" | "broken";

/**
 * The thread in which the bot's device lives, started anew whenever it ends. The keys that it makes and receives are
 * written here, into the one database, before it goes on.
 */
export class KeyThread {
  readonly #deps: KeyThreadDeps;
  readonly #stopping = new AbortController();
  #state: KeyThreadState = "starting";
  #status: DeviceStatus | null = null;
  #run: Promise<void> | null = null;
  #running: { readonly worker: Worker; readonly ask: Exchange<DeviceActs>["ask"] } | null = null;
  #waiting: (() => void)[] = [];

  constructor(deps: KeyThreadDeps) {
    this.#deps = deps;
  }

  get state(): KeyThreadState {
    return this.#state;
  }

  /** Null before the first start. */
  get status(): DeviceStatus | null {
    return this.#status;
  }

  /** Starts it, unless it runs already. */
  start(): void {
    this.#run ??= this.#runOn();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.worker.terminate();
  }

  /** Asks the device, once it is up. Throws `KeysBusy` where it is not in time, or ends meanwhile. */
  readonly ask: Exchange<DeviceActs>["ask"] = async (name, ...given) => {
    await this.#up();
    if (!this.#running) throw new KeysBusy("the bot's device is not up");
    return this.#running.ask(name, ...given);
  };

  async #up(): Promise<void> {
    if (this.#state !== "starting") return;
    const enough = new AbortController();
    const came = new Promise<void>((resolve) => this.#waiting.push(resolve));
    await Promise.race([came, pause(PATIENCE_MS, enough.signal)]);
    enough.abort();
    if (this.#state === "starting") throw new KeysBusy("the bot's device does not come up");
  }

  async #runOn(): Promise<void> {
    const { log } = this.#deps;
    const failures = new Failures(PACE);
    if (this.#isHopeless(null)) return;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#runOnce(() => failures.reset());
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        if (this.#isHopeless(error)) return;
        const retryMs = failures.add();
        log.warn({ err: error, retryMs }, "the bot's device for encrypted rooms could not be made; trying again");
        await pause(retryMs, this.#stopping.signal);
      }
    }
  }

  /** Tells the admin, once, where nothing can come of further tries. */
  #isHopeless(error: unknown): boolean {
    const sentence = this.#deps.hopeless(error);
    if (sentence === null) return false;
    this.#deps.log.error(sentence);
    this.#become("broken");
    return true;
  }

  /** Resolves when the thread has ended. */
  async #runOnce(onReady: () => void): Promise<void> {
    const { device, store, log } = this.#deps;
    const worker = new Worker(SCRIPT, { name: "keys" });
    const { ask, end } = exchange<DeviceActs>(worker, this.#keeper());
    const ended = new Promise<void>((resolve) => {
      worker.on("error", (error) => log.warn({ err: error }, "the thread of the keys broke off"));
      worker.on("exit", () => {
        end("the thread of the keys has ended");
        resolve();
      });
    });
    try {
      this.#status = await ask("start", device, store.load());
      this.#running = { worker, ask };
      this.#become("ready");
      onReady();
      log.info({ ...this.#status }, "encrypted rooms can be read");
      await ended;
    } finally {
      this.#running = null;
      if (this.#state === "ready") this.#state = "starting";
      await worker.terminate();
    }
  }

  #keeper(): KeeperActs {
    const { store, kept, now, onKeys, log } = this.#deps;
    return {
      keep: (change) => kept(() => store.keep(change, now())),
      keysCame: (sessions) => onKeys(sessions),
      tell: (level, about, message) => log[level](about, message),
    };
  }

  #become(state: KeyThreadState): void {
    this.#state = state;
    for (const tell of this.#waiting.splice(0)) tell();
  }
}
