import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Redis as Client } from "ioredis";
import { type Logger, pino } from "pino";
import { stringify } from "yaml";
import type { Decoder } from "../../../appservice/scribe/decoder.ts";
import type { Engine, Speech } from "../../../appservice/scribe/engine.ts";
import { fleetKeys } from "../../../appservice/scribe/fleet/cards.ts";
import type { FleetDecoder } from "../../../appservice/scribe/fleet/fleet-decoder.ts";
import { openFleet } from "../../../appservice/scribe/fleet/open-fleet.ts";
import { FleetOptions } from "../../../appservice/scribe/fleet/options.ts";
import { readCards } from "../../../appservice/scribe/fleet/roster.ts";
import { openEngine } from "../../../appservice/scribe/open-engine.ts";
import { ScribeOptions } from "../../../appservice/scribe/options.ts";
import { FleetSeal } from "../../../appservice/scribe/fleet/sealing.ts";
import { startProcess, type RunningProcess } from "../stack/processes.ts";
import { type Redis, startRedis } from "../stack/redis.ts";
import { SleepingEngine } from "./sleeping-engine.ts";

const PROGRAM = resolve(import.meta.dirname, "../../../appservice/cli/mindminder.ts");
const SECRET = "a secret of the fleet, long enough";

export type WorkerWays = {
  readonly slots?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly secret?: string;
  readonly fleet?: Readonly<Record<string, unknown>>;
  readonly speech?: Readonly<Record<string, unknown>>;
};

/** A Redis, an engine that sleeps, workers in processes of their own, and a service's end of the fleet. */
export class FleetStage {
  readonly dir: string;
  readonly redis: Redis;
  readonly engine: SleepingEngine;
  readonly client: Client;
  readonly seal = new FleetSeal(SECRET);
  readonly keys = fleetKeys(this.seal.fingerprint);
  readonly logged: string[] = [];
  readonly #workers: RunningProcess[] = [];
  readonly #services: FleetDecoder[] = [];
  #configs = 0;

  static async open({ cost = 0.3, atStart = 0.1, keeps = false } = {}): Promise<FleetStage> {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-fleet-"));
    const [redis, engine] = await Promise.all([
      startRedis({ dir: join(dir, "redis"), keeps, args: ["--maxmemory-policy", "noeviction"] }),
      SleepingEngine.start(cost, atStart),
    ]);
    return new FleetStage(dir, redis, engine);
  }

  private constructor(dir: string, redis: Redis, engine: SleepingEngine) {
    [this.dir, this.redis, this.engine] = [dir, redis, engine];
    this.client = new Client(`redis://${redis.address}`, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
    this.client.on("error", () => {}); // it is ended and begun again in some tests
  }

  get log(): Logger {
    return pino({ level: "info", base: null }, { write: (line: string) => void this.logged.push(line) });
  }

  /** Opens a service's end of the fleet. */
  async service(openHere: (() => Decoder) | null = null, models: string[] = []): Promise<FleetDecoder> {
    const options = FleetOptions.parse({ ...this.section, models });
    const service = await openFleet(options, { openHere, shownServers: [], log: this.log });
    await service.ready();
    this.#services.push(service);
    return service;
  }

  /** Opens the engine for asking it directly. */
  directEngine(): Promise<Engine> {
    return openEngine(ScribeOptions.parse({ engine: "openai", openai: { baseUrl: this.engine.baseUrl } }));
  }

  /** Section `speech.fleet` of a service. */
  get section() {
    return { redis: `redis://${this.redis.address}`, keyFile: this.#keyFile() };
  }

  /** Configuration of a worker, as its file has it. */
  config({ slots = 2, secret, fleet = {}, speech = {} }: WorkerWays = {}): string {
    const file = join(this.dir, `worker-${this.#configs++}.yaml`);
    const content = {
      log: "debug",
      speech: {
        engine: "openai",
        openai: { baseUrl: this.engine.baseUrl, model: "sleeper", timeoutSeconds: 90 },
        fleet: { ...this.section, keyFile: this.#keyFile(secret), slots, ...fleet },
        ...speech,
      },
    };
    writeFileSync(file, stringify(content));
    return file;
  }

  /** Starts a worker, and waits until it takes speech. */
  async worker(ways: WorkerWays = {}): Promise<RunningProcess> {
    const config = this.config(ways);
    const isThere = async (pid: number) => (await this.workers()).some((card) => card.pid === pid);
    let pid = 0;
    const running = await startProcess({
      name: "A worker of the fleet",
      command: process.execPath,
      args: [PROGRAM, "worker", "--config", config],
      cwd: this.dir,
      env: { ...process.env, ...ways.env },
      log: `${config}.log`,
      ready: () => isThere(pid),
      onBegun: (begun) => {
        pid = begun.pid;
      },
      drains: true,
    });
    this.#workers.push(running);
    return running;
  }

  async workers() {
    return (await readCards(this.client, this.keys)).workers;
  }

  /** Closes the services, and forgets what they said: each of them says what it thinks of a worker. */
  async closeServices(): Promise<void> {
    await Promise.all(this.#services.splice(0).map((service) => service.close()));
    this.logged.length = 0;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.kill()));
    await this.closeServices();
    this.client.disconnect();
    this.engine.stop();
    await this.redis.stop();
    await rm(this.dir, { recursive: true, force: true });
  }

  #keyFile(secret = SECRET): string {
    const file = join(this.dir, `key-${secret.length}`);
    writeFileSync(file, secret);
    return file;
  }
}

/** Speech of so many seconds, whose text the sleeping engine makes of its vocabulary. */
export const saying = (text: string, seconds = 1, language: Speech["language"] = "en"): Speech => ({
  samples: Float32Array.from({ length: seconds * 16_000 }, (_, at) => 0.1 * Math.sin(at / 7)),
  language,
  vocabulary: [text],
});

/** Name of a piece of a meeting. */
export const pieceOf = (meeting: string, number: number) => ({ meeting, sound: `${meeting}.1.${1_000 + number}` });

export const forLong = () => new AbortController().signal;
