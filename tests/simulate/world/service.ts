import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setRequestFn } from "matrix-bot-sdk";
import { startService } from "../../../appservice/main.ts";
import type { Scenario } from "../../../appservice/circle/scenario.ts";
import { Config } from "../../../appservice/configuration/config.ts";
import { NO_EXPERIMENTS } from "../../../appservice/experiments/options.ts";
import { OWN_LEXICONS, readLexicons } from "../../../appservice/configuration/lexicons.ts";
import { readAssemblies, readScenarios } from "../../../appservice/configuration/scenarios.ts";
import { JOBS } from "../../../appservice/elsewhere/jobs.ts";
import { READY } from "../../../appservice/elsewhere/elsewhere.ts";
import { webServer } from "../../../appservice/http/server.ts";
import { serviceMetrics } from "../../../appservice/http/service-metrics.ts";
import { loadPlugins } from "../../../appservice/minutes/registry.ts";
import type { Outside } from "../../../appservice/parts/outside.ts";
import { openLog } from "../../../appservice/service-log.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { openStores, type Stores } from "../../../appservice/stores.ts";
import { ask, type HttpAnswer, type HttpRequest } from "./door.ts";
import type { SimulatedHomeserver } from "./homeserver.ts";
import type { SimulatedLiveKit } from "./livekit.ts";
import type { SimulatedScribe } from "./scribe.ts";
import { type Life, settled, type VirtualTime } from "./virtual-time.ts";

const REGISTRATION = {
  id: "mindminder",
  url: "http://service",
  as_token: "as-token",
  hs_token: "hs-token",
  sender_localpart: "mindminder_service",
  devices: false,
  bot: "mindminder",
};
const FOLDER_OF_SCENARIOS = resolve(import.meta.dirname, "../../../config/scenarios");
export const SERVER_NAME = "hs";
/** Wait of a supervisor before it starts anew a service that ended by itself. */
const SUPERVISED_AGAIN_MS = 2_000;

type ServiceDeps = {
  readonly time: VirtualTime;
  readonly homeserver: SimulatedHomeserver;
  readonly livekit: SimulatedLiveKit;
  readonly scribe: SimulatedScribe;
  /** Scenario of this world, beside those that are there. */
  readonly drawn: Scenario;
  readonly tell: (line: string) => void;
};

type Transport = (
  params: { uri: string; method: string; body?: string },
  done: (error: unknown, response?: object, body?: unknown) => void,
) => void;

/**
 * The whole service as `main.ts` composes it, in this thread; what is outside of it is simulated. It may be killed and
 * begun anew.
 */
export class SimulatedService {
  readonly #deps: ServiceDeps;
  readonly #folder: string;
  #stores: Stores | null = null;
  #server: Server | null = null;
  #upSince: number | null = null;

  constructor(deps: ServiceDeps) {
    this.#deps = deps;
    this.#folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "mindminder-simulate-"));
    copyFileSync(emptyDatabase(), this.databaseFile);
  }

  get databaseFile(): string {
    return join(this.#folder, "mindminder.db");
  }

  get isUp(): boolean {
    return this.#upSince !== null;
  }

  /** Milliseconds of the present life, from when it answers. */
  get upForMs(): number {
    return this.#upSince === null ? 0 : this.#deps.time.now - this.#upSince;
  }

  get stores(): Stores | null {
    return this.#stores;
  }

  /** Puts the world in the place of what libraries reach by themselves. Returns how that is undone. */
  install(): () => void {
    const { homeserver } = this.#deps;
    const fetched = globalThis.fetch;
    globalThis.fetch = async (address, { method = "GET", body: sent } = {}) => {
      const { pathname, search } = new URL(address instanceof Request ? address.url : address);
      const { status, body } = await this.#whileAlive(homeserver.ask(method, `${pathname}${search}`, sent));
      const bytes = body instanceof Uint8Array ? new Uint8Array(body) : null;
      return new Response(bytes ?? (typeof body === "string" ? body : JSON.stringify(body)), { status });
    };
    const transport: Transport = ({ uri, method, body }, done) => {
      const { life } = this.#deps.time;
      const { pathname, search } = new URL(uri);
      homeserver.ask(method, `${pathname}${search}`, body === undefined ? undefined : JSON.parse(body)).then(
        ({ status, body: answer }) => {
          if (life.alive) done(null, { statusCode: status, headers: {}, body: answer }, answer);
        },
        (error: unknown) => {
          if (life.alive) done(error);
        },
      );
    };
    setRequestFn(transport);
    return () => {
      globalThis.fetch = fetched;
    };
  }

  async start(): Promise<void> {
    const { time } = this.#deps;
    time.life = { alive: true };
    const { life } = time;
    const service = startService(
      this.#loaded(),
      openLog("warn", { write: (line) => this.#deps.tell(logged(line)) }),
      this.#outside(life),
    );
    service.catch((error: unknown) => {
      this.#deps.tell(`the service does not start: ${String(error)}`);
      if (!life.alive) return;
      this.kill();
      time.later(SUPERVISED_AGAIN_MS, () => void this.start());
    });
    void this.#whileAlive(service).then(() => {
      this.#upSince = this.#deps.time.now;
      this.#deps.homeserver.reach((transaction, events) => this.#deliver(transaction, events));
    });
    await settled();
  }

  /** Ends it as `kill -9` does: nothing of it goes on, and its files are closed. */
  kill(): void {
    const { time, homeserver, livekit } = this.#deps;
    time.life.alive = false;
    homeserver.reach(null);
    livekit.forget(time.life);
    this.#upSince = null;
    this.#server = null;
    this.#stores?.close();
    this.#stores = null;
  }

  remove(): void {
    this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Sends a request to its door. Rejects where nobody answers. */
  request(request: HttpRequest): Promise<HttpAnswer> {
    const { time } = this.#deps;
    const server = this.#server;
    if (!server || !this.isUp) return Promise.reject(new Error("the service does not answer"));
    const { life } = time;
    return new Promise((resolve, reject) => {
      const late = time.later(20_000, () => reject(new Error("the service does not answer in time")));
      ask(server, request).then((answer) => {
        void late;
        if (life.alive) resolve(answer);
      }, reject);
    });
  }

  async #deliver(transaction: string, events: readonly unknown[]): Promise<number> {
    const answer = await this.request({
      method: "PUT",
      path: `/_matrix/app/v1/transactions/${transaction}`,
      headers: { authorization: `Bearer ${REGISTRATION.hs_token}` },
      body: { events },
    });
    return answer.status;
  }

  #whileAlive<T>(promise: Promise<T>): Promise<T> {
    const { life } = this.#deps.time;
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => life.alive && resolve(value),
        (error: unknown) => life.alive && reject(error),
      );
    });
  }

  #loaded() {
    const config = Config.parse({
      homeserver: { url: "http://homeserver", serverName: SERVER_NAME, registration: "-", botPicture: false },
      service: {
        publicUrl: "http://service",
        limits: { sessions: 100_000, personSessions: 100_000, requests: 100_000, files: 100_000, failures: 100_000 },
      },
      livekit: { url: "ws://livekit", apiKey: "key", apiSecret: "a secret of thirty-two characters" },
      database: this.databaseFile,
      scenarios: FOLDER_OF_SCENARIOS,
      log: "warn",
    });
    const file = join(this.#folder, "config.yaml");
    return { config, registration: REGISTRATION, experiments: NO_EXPERIMENTS, folder: this.#folder, file };
  }

  #outside(life: Life): Outside {
    const { livekit, scribe, drawn } = this.#deps;
    return {
      livekit: () => livekit.for(life),
      startScribe: (_, { onMessage }) => scribe.for(life, onMessage),
      hire: () => hand(this.#deps.time),
      listen: (...given) => Promise.resolve((this.#server = webServer(...given))),
      openStores: (...given) => (this.#stores = alone(openStores(...given))),
      loadPlugins: () => Promise.resolve([...plugins]),
      metrics: () => serviceMetrics({ ofProcess: false }),
      readLexicons: (folder = OWN_LEXICONS) => kept(LEXICONS, folder, readLexicons),
      readAssemblies: (folder, known) => kept(ASSEMBLIES, folder ?? "", () => readAssemblies(folder, known)),
      readScenarios: (folder) => new Map(kept(SCENARIOS, folder, readScenarios)).set(drawn.id, drawn),
    };
  }
}

/**
 * A database that nobody else opens, in memory that a killed process keeps: locks and waits for a disk are left out.
 */
function alone(stores: Stores): Stores {
  stores.db.pragma("locking_mode = EXCLUSIVE");
  stores.db.pragma("synchronous = OFF");
  return stores;
}

/** Drawing takes threads of its own, whose time is not ours to rule. */
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

const plugins = await loadPlugins();

const LEXICONS = new Map<string, ReturnType<typeof readLexicons>>();
const ASSEMBLIES = new Map<string, ReturnType<typeof readAssemblies>>();
const SCENARIOS = new Map<string, ReturnType<typeof readScenarios>>();

/** Files that no world changes are read once for all of them. */
function kept<T>(known: Map<string, T>, folder: string, read: (folder: string) => T): T {
  const found = known.get(folder) ?? read(folder);
  known.set(folder, found);
  return found;
}

let empty: string | null = null;
/** A database of this version in which nothing is, made once for all worlds. */
function emptyDatabase(): string {
  if (empty) return empty;
  const folder = mkdtempSync(join(tmpdir(), "mindminder-empty-"));
  mkdirSync(folder, { recursive: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "empty.db");
  openDatabase(file).close();
  return (empty = file);
}

type Listener = (given: never) => void;

/** Does jobs in this thread, in its turn. */
function hand(time: VirtualTime): ReturnType<Outside["hire"]> {
  let tell: (answer: unknown) => void = () => {};
  const jobs = { ...JOBS, png: () => ({ bytes: PNG, width: 1, height: 1 }) } as Readonly<
    Record<string, (...given: never[]) => unknown>
  >;
  const { life } = time;
  const after = (ms: number, work: () => void) => time.later(ms, () => life.alive && work());
  const it = {
    on(event: string, listener: Listener) {
      if (event === "message") tell = listener as (answer: unknown) => void;
      if (event === "message") after(1, () => tell(READY));
      return it;
    },
    postMessage({ job, given }: { job: string; given: never[] }) {
      const copy = structuredClone(given);
      after(1, () =>
        Promise.resolve()
          .then(() => jobs[job]?.(...copy))
          .then(
            (made) => life.alive && tell({ made: structuredClone(made) }),
            (error: unknown) => life.alive && tell({ failed: String(error) }),
          ),
      );
    },
    terminate: () => Promise.resolve(0),
  };
  return it as never;
}

function logged(line: string): string {
  const { msg, err, level } = JSON.parse(line) as { msg?: string; err?: { message?: string }; level?: number };
  return `  ${level === 50 ? "ERROR" : "log"}: ${msg ?? ""}${err?.message ? ` (${err.message})` : ""}`;
}
