import { fork, type ChildProcess } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { loadWorker } from "../configuration/load-config.ts";
import { FleetController } from "../scribe/fleet/controller.ts";
import { fleetKeys } from "../scribe/fleet/cards.ts";
import { fleetPlot, type FleetSample } from "../scribe/fleet/fleet-plot.ts";
import { connectRedis, sealOf } from "../scribe/fleet/redis.ts";
import { readCards } from "../scribe/fleet/roster.ts";
import { openLog } from "../service-log.ts";
import { sleep, wallClock } from "../time/time.ts";
import { FleetUnseen, loadOf } from "./fleet-status.ts";

export type FleetRunOptions = {
  readonly config: string;
  readonly min: string;
  readonly max: string;
  readonly quiet: string;
  readonly plot?: string;
};

const PROGRAM = join(import.meta.dirname, "mindminder.ts");
const LOOK_EVERY_MS = 1_000;
const PLOT_EVERY_LOOKS = 10;
/** Samples of a plot; of older ones every other is left out. */
const MOST_SAMPLES = 4_000;
/** A worker that ends by itself is missed; it is begun anew no sooner than this. */
const AGAIN_AFTER_MS = 5_000;

/** Runs workers on this machine, as many as the load needs, until it is told to stop. */
export async function fleetRun(options: FleetRunOptions): Promise<void> {
  const { speech, log: level } = loadWorker(options.config);
  const { log } = openLog(level);
  const [min, max, quiet] = [Number(options.min), Number(options.max), Number(options.quiet)];
  if (!speech.fleet) throw new FleetUnseen("speech.fleet is missing: this configuration names no fleet.");
  if (!bounds(min, max, quiet))
    throw new FleetUnseen(
      "--min, --max and --quiet are numbers from 0 on, and --max is at least 1 and no less than --min.",
    );
  const redis = await connectRedis(speech.fleet);
  const keys = fleetKeys(sealOf(speech.fleet).fingerprint);
  const controller = new FleetController({ min, max, quietMs: quiet * 1_000 });
  const crew = new LocalCrew(options.config, log);
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => stopping.abort());
  let samples: FleetSample[] = [];

  for (let looks = 0; !stopping.signal.aborted; looks++) {
    // Without Redis there is nothing to go by: what runs, runs on.
    const load = redis.status === "ready" ? loadOf(await readCards(redis, keys)) : null;
    if (load) {
      const { arriving, waiting } = load;
      const [decodes, workers] = [load.decodes ?? 0, load.workers ?? 0];
      samples = thinned([...samples, { at: wallClock(), arriving, waiting, decodes, workers }]);
      crew.become(controller.wanted({ ...load, at: wallClock(), own: crew.size }), { arriving, waiting, decodes });
    }
    if (options.plot && looks % PLOT_EVERY_LOOKS === 0) plotted(options.plot, samples);
    await sleep(LOOK_EVERY_MS, { signal: stopping.signal }).catch(() => {});
  }
  if (options.plot) plotted(options.plot, samples);
  await crew.end();
  process.exit(0);
}

function bounds(min: number, max: number, quiet: number): boolean {
  return min >= 0 && max >= 1 && max >= min && quiet >= 0;
}

/** Workers that run as children of this process. */
class LocalCrew {
  readonly #config: string;
  readonly #log: Logger;
  readonly #running = new Set<ChildProcess>();
  readonly #ending = new Set<ChildProcess>();
  #restAfter = -Infinity;

  constructor(config: string, log: Logger) {
    this.#config = config;
    this.#log = log;
  }

  get size(): number {
    return this.#running.size;
  }

  become(wanted: number, why: object): void {
    if (wanted > this.size && wallClock() < this.#restAfter) return;
    if (wanted !== this.size) this.#log.info({ from: this.size, to: wanted, ...why }, "the number of workers changes");
    while (this.size < wanted) this.#begin();
    for (const worker of [...this.#running].slice(wanted)) this.#drain(worker);
  }

  async end(): Promise<void> {
    const all = [...this.#running, ...this.#ending];
    for (const worker of [...this.#running]) this.#drain(worker);
    await Promise.all(all.map((worker) => new Promise((resolve) => worker.once("exit", resolve))));
  }

  #begin(): void {
    const worker = fork(PROGRAM, ["worker", "--config", this.#config], { execArgv: [], stdio: "inherit" });
    this.#running.add(worker);
    worker.on("error", (error) => this.#log.error({ err: error }, "a worker"));
    worker.once("exit", (code, signal) => {
      this.#ending.delete(worker);
      if (!this.#running.delete(worker)) return;
      this.#restAfter = wallClock() + AGAIN_AFTER_MS;
      this.#log.error({ code, signal }, "a worker ended by itself; its last words are above");
    });
  }

  /** Lets a worker finish what it has begun. */
  #drain(worker: ChildProcess): void {
    this.#running.delete(worker);
    this.#ending.add(worker);
    worker.kill("SIGTERM");
  }
}

function thinned(samples: FleetSample[]): FleetSample[] {
  if (samples.length <= MOST_SAMPLES) return samples;
  const half = samples.length / 2;
  return samples.filter((_, at) => at >= half || at % 2 === 0);
}

function plotted(file: string, samples: readonly FleetSample[]): void {
  writeFileSync(`${file}.part`, fleetPlot(samples));
  renameSync(`${file}.part`, file);
}
