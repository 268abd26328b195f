import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { guard, unguard } from "../../../tools/watchdog.ts";

/** A process that leads a group of its own, whoever made it. */
export type Begun = {
  readonly pid: number;
  /** Settles when it has ended. */
  readonly ended: Promise<unknown>;
  /** Null while it runs. */
  endedWith(): string | null;
};

export type ProcessOptions = {
  /** Name of the program as people call it, for messages. */
  name: string;
  /** Begins it in another way than by its command, where that way is open. */
  begin?: () => Promise<Begun | null>;
  command: string;
  args?: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** The file that its output is appended to. */
  log: string;
  /** Answers 200 as soon as the process can be used; or whether it can. */
  ready: string | (() => Promise<boolean>);
  readyWithin?: number;
  /** Hears of the process before it can be used, so that it may be killed while it starts. */
  onBegun?: (running: RunningProcess) => void;
  /** It finishes its work at the first SIGTERM, however long that takes, and leaves at the second. */
  drains?: boolean;
};

export type RunningProcess = {
  readonly pid: number;
  readonly log: string;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks it to end, and ends it by force if that takes too long; then whatever it left behind. */
  stop(): Promise<void>;
  /** SIGKILL to the process alone, as if it had crashed. */
  kill(): Promise<void>;
};

/**
 * A server in a process group of its own: Ctrl-C in the terminal does not reach it before we have stopped it ourselves,
 * and it can be ended with its children. The watchdog ends it if we die first.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { name, log, drains = false } = options;
  const { pid, ended, endedWith } = (await options.begin?.()) ?? (await spawned(options));
  guard(pid);
  const gone = ended.then(() => {
    // Children that it left behind keep its group alive: the watchdog ends them after us.
    if (!signal(-pid, 0)) unguard(pid);
  });
  const hasEnded = () => endedWith() !== null;

  const running: RunningProcess = {
    pid,
    log,
    ended: gone,
    async stop() {
      for (const patience of drains ? [300, 20_000] : [20_000]) {
        if (!hasEnded()) signal(pid, "SIGTERM");
        if (await within(patience, gone)) break;
      }
      await running.kill();
      if (signal(-pid, "SIGKILL")) unguard(pid);
    },
    async kill() {
      if (!hasEnded()) signal(pid, "SIGKILL");
      await gone;
    },
  };

  options.onBegun?.(running);
  try {
    await becomesReady(options, endedWith);
  } catch (error) {
    await running.stop();
    throw new Error(
      `${name} did not start: ${error instanceof Error ? error.message : error}\n${lastLines(log)}\n(log: ${log})`,
    );
  }
  return running;
}

async function spawned({ name, command, args = [], cwd, env = process.env, log }: ProcessOptions): Promise<Begun> {
  const output = openSync(log, "a");
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const ended = whenEnded(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started: ${(await ended) ?? command}`);
  const endedWith = () => child.signalCode ?? (child.exitCode === null ? null : `code ${child.exitCode}`);
  return { pid, ended, endedWith };
}

function whenEnded(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", () => resolve(undefined));
  });
}

/** Sends a signal; false when nobody was there to receive it. */
function signal(to: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(to, name);
  } catch {
    return false;
  }
}

async function becomesReady(
  { ready, readyWithin = 120_000 }: ProcessOptions,
  endedWith: Begun["endedWith"],
): Promise<void> {
  const deadline = Date.now() + readyWithin;
  while (Date.now() < deadline) {
    const how = endedWith();
    if (how !== null) throw new Error(`it ended with ${how}`);
    if (await (typeof ready === "string" ? answers(ready) : ready())) return;
    // Looks again.
    await wait(50);
  }
  throw new Error(`${typeof ready === "string" ? ready : "it"} did not answer within ${readyWithin / 1000} s`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  try {
    // Gives up after that long.
    return await Promise.race([promise.then(() => true), wait(ms, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}

function lastLines(file: string, count = 15): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
