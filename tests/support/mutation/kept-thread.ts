import {
  type PoolOptions,
  type PoolRunnerInitializer,
  type PoolWorker,
  ThreadsPoolWorker,
  type WorkerRequest,
} from "vitest/node";

/** Mutants for which a thread is kept: it gets a listener more with each. */
const MUTANTS = 100;
const NAME = "kept-thread";

type Listener = Parameters<PoolWorker["on"]>[1];

/** A thread in which one run follows another, so that the product's modules are loaded once and not for each mutant. */
class KeptThread extends ThreadsPoolWorker {
  override readonly name = NAME;
  #runs = 0;
  readonly #listeners = new Map<string, Set<Listener>>();

  get tired(): boolean {
    return this.#runs >= MUTANTS;
  }

  override on(event: string, listener: Listener): void {
    const known = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, known.add(listener));
    super.on(event, listener);
  }

  override off(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
    super.off(event, listener);
  }

  override async start(): Promise<void> {
    if (this.#runs++ === 0) await super.start();
  }

  /** Says in the thread's stead that it stopped: it waits for the next run. */
  override send(message: WorkerRequest): void {
    if (message.type !== "stop" || this.tired) return super.send(message);
    for (const listener of this.#listeners.get("message") ?? [])
      listener({ type: "stopped", __vitest_worker_response__: true });
  }

  override async stop(): Promise<void> {
    for (const [event, listeners] of this.#listeners) for (const listener of listeners) this.off(event, listener);
    if (this.tired) await super.stop();
  }
}

class FreshThread extends ThreadsPoolWorker {
  override readonly name = NAME;
}

let kept: KeptThread | null = null;

/**
 * Keeps a thread for mutants that take effect as the code runs. Those that do so as a module is loaded get a fresh one.
 */
export const keptThread: PoolRunnerInitializer = {
  name: NAME,
  createPoolWorker(options: PoolOptions): PoolWorker {
    const { mode, mutantActivation } = options.project.getProvidedContext() as {
      mode?: string;
      mutantActivation?: string;
    };
    if (mode !== "mutant" || mutantActivation !== "runtime") return new FreshThread(options);
    if (!kept || kept.tired) kept = new KeptThread(options);
    return kept;
  },
};
