import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Logger } from "pino";
import { stringify } from "yaml";
import { z } from "zod";
import { AdminError } from "../protocol/mindminder-error.ts";
import { Failures } from "../retry/pace.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, sleep, startTimer } from "../time/time.ts";
import { bringKeys, KeysCopy } from "./keys-copy.ts";
import { below, filePlace, isRemote } from "./file-place.ts";

/** Section `replica` of the configuration. */
export const ReplicaOptions = z.strictObject({
  to: z
    .string()
    .min(1)
    .describe(
      "A folder on another machine's disk, or s3://bucket/path; keys of S3 come by AWS_ACCESS_KEY_ID and so on",
    ),
  program: z.string().min(1).default("litestream").describe("The program litestream, 0.5 or newer"),
});
export type ReplicaOptions = z.infer<typeof ReplicaOptions>;

export type ReplicaDeps = {
  readonly options: ReplicaOptions;
  /** Folder from which paths of the configuration count. */
  readonly folder: string;
  readonly database: string;
  /** Counts who wrote there, one after another: each has a place of its own, so that two never write into one. */
  readonly epoch: number;
};

/** The program that copies the database is not there, or cannot read the place. */
export class ReplicaUnusable extends AdminError {
  constructor(message: string, options?: ErrorOptions) {
    super("REPLICA_UNUSABLE", message, options);
  }
}

const AGAIN = { firstMs: 1_000, longestMs: 30_000 };
const ENDS_WITHIN_MS = 10_000;
const RESTORED_WITHIN_MS = 600_000;
/** Places of those who had the database before are needed until the new one is surely whole. */
const FORGET_BEFORE_AFTER_MS = 10 * 60_000;

const inPlace = ({ options: { to }, folder }: ReplicaDeps) => (isRemote(to) ? to : resolve(folder, to));
/** Places of the copies that the holder of an epoch writes: of the database, and of the keys of people's words. */
const placeOfEpoch = (deps: ReplicaDeps, epoch: number) => below(inPlace(deps), String(epoch));
const keysOfEpoch = (deps: ReplicaDeps, epoch: number) => below(inPlace(deps), `${epoch}-keys`);

/** Copy of the database at another place, a second behind it, by Litestream beside the service. */
export class Replica {
  readonly #deps: ReplicaDeps & { readonly log: Logger };
  readonly #failures = new Failures(AGAIN);
  readonly #forget: Timer;
  readonly #keys: KeysCopy;
  #running: ChildProcess | null = null;
  #again: Timer | null = null;
  #stopped = false;

  constructor(deps: ReplicaDeps & { readonly log: Logger }) {
    this.#deps = deps;
    this.#keys = new KeysCopy(deps.database, keysOfEpoch(deps, deps.epoch), deps.log);
    this.#endOrphan();
    this.#forget = startTimer(() => this.#forgetBefore(), FORGET_BEFORE_AFTER_MS);
    this.#start();
  }

  /** Copies what is not copied yet, and ends; called when the database is closed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of [this.#again, this.#forget]) clearTimer(timer);
    await this.#keys.stop();
    const running = this.#running;
    if (running && running.exitCode === null) {
      const ended = new Promise((done) => running.once("exit", done));
      running.kill("SIGTERM");
      await Promise.race([ended, sleep(ENDS_WITHIN_MS)]);
      running.kill("SIGKILL");
    }
    // Whether it ran or had just ended: nothing is left uncopied.
    const { options, log } = this.#deps;
    await promisify(execFile)(options.program, ["replicate", "-once", ...this.#args()], {
      timeout: ENDS_WITHIN_MS,
    }).catch((error: unknown) => log.error({ err: error }, "what was written last is not in the copy of the database"));
  }

  #args(): string[] {
    return ["-config", join(dirname(this.#deps.database), "replica.yaml"), "-no-expand-env"];
  }

  #start(): void {
    const { options, database, epoch, log } = this.#deps;
    const [, config = ""] = this.#args();
    const to = placeOfEpoch(this.#deps, epoch);
    const replica = { ...(isRemote(to) ? { url: to } : { type: "file", path: to }), "sync-interval": "1s" };
    // Words that were taken back are gone from the copy a day later.
    const content = {
      dbs: [{ path: database, replica }],
      snapshot: { interval: "1h", retention: "24h" },
      logging: { level: "warn", type: "text", stderr: true },
    };
    writeFileSync(config, stringify(content), { mode: 0o600 });
    const running = spawn(options.program, ["replicate", ...this.#args()], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#running = running;
    if (running.pid !== undefined) writeFileSync(this.#pidFile(), String(running.pid));
    running.stderr?.setEncoding("utf8").on("data", (said: string) => {
      for (const line of said.split("\n").filter(Boolean)) log.warn({ replica: to }, line);
    });
    const ended = (why: unknown) => {
      if (this.#stopped || this.#running !== running) return;
      this.#running = null;
      log.error({ replica: to, err: why }, "the database is not copied: litestream has ended; it is begun anew");
      this.#again = startTimer(() => this.#start(), this.#failures.add());
    };
    running.once("error", ended);
    running.once("exit", (code, signal) => ended(new Error(`it ended with ${signal ?? `code ${code}`}`)));
  }

  /** Ends the one that a service left behind which was killed: two would write into one place. */
  #endOrphan(): void {
    const [, config = ""] = this.#args();
    try {
      const pid = Number(readFileSync(this.#pidFile(), "utf8"));
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(config)) process.kill(pid, "SIGKILL");
    } catch {
      // There is none, or the system has no such list of processes.
    }
  }

  #pidFile(): string {
    return join(dirname(this.#deps.database), "replica.pid");
  }

  #forgetBefore(): void {
    for (let epoch = 1; epoch < this.#deps.epoch; epoch++) {
      const [place, keys] = [placeOfEpoch(this.#deps, epoch), keysOfEpoch(this.#deps, epoch)];
      // A key that is destroyed now stands in none of the older files.
      filePlace(keys)
        .drop()
        .catch((error: unknown) =>
          this.#deps.log.warn({ err: error, keys }, "an older copy of keys cannot be deleted"),
        );
      if (!isRemote(place)) rmSync(place, { recursive: true, force: true });
    }
  }
}

/**
 * Brings the newest copy to where the database belongs, and nothing where there is none. Who died before it had copied
 * anything had what the one before it had.
 */
export async function bringReplica(deps: ReplicaDeps): Promise<boolean> {
  const { options, database } = deps;
  const brought = `${database}-brought`;
  for (let { epoch } = deps; epoch > 0; epoch--) {
    for (const file of ["", "-wal", "-shm"]) rmSync(`${brought}${file}`, { force: true });
    const from = placeOfEpoch(deps, epoch);
    if (!isRemote(from) && !existsSync(from)) continue;
    const args = ["restore", "-if-replica-exists", "-integrity-check", "quick", "-o", brought];
    await promisify(execFile)(options.program, [...args, isRemote(from) ? from : `file://${from}`], {
      timeout: RESTORED_WITHIN_MS,
    }).catch((cause: unknown) => {
      throw new ReplicaUnusable(
        `${from}: the copy of the database cannot be brought (${cause instanceof Error ? cause.message : String(cause)}). See whether ${options.program} is Litestream 0.5 or newer, and whether the place can be read from here.`,
        { cause },
      );
    });
    if (!existsSync(brought)) continue;
    await bringKeys(keysOfEpoch(deps, epoch), database);
    renameSync(brought, database);
    return true;
  }
  return false;
}
