import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { guard, unguard } from "../../tools/watchdog.ts";

export interface ProcessOptions {
  /** As people call it, for messages. */
  name: string;
  command: string;
  args?: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** The file that its output is appended to. */
  log: string;
  /** Answers 200 as soon as the process can be used. */
  ready: string;
  readyWithin?: number;
}

export interface RunningProcess {
  readonly pid: number;
  readonly log: string;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks it to end, asks again, and ends it by force if that took too long. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash or a power cut would be. */
  kill(): Promise<void>;
}

/**
 * A server in a process group of its own: Ctrl-C in the terminal does not reach it before we have stopped it ourselves,
 * and it can be ended with its children. The watchdog ends it if we die first.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { name, command, args = [], cwd, env = process.env, log } = options;
  const output = openSync(log, "a");
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const ended = whenEnded(child);
  const group = child.pid;
  if (group === undefined) throw new Error(`${name} could not be started: ${(await ended) ?? command}`);
  guard(group);
  const gone = ended.then(() => unguard(group));

  const running: RunningProcess = {
    pid: group,
    log,
    ended: gone,
    async stop() {
      for (const patience of [500, 4_500]) {
        signalGroup(group, "SIGTERM", child);
        if (await within(patience, gone)) return;
      }
      await running.kill();
    },
    async kill() {
      signalGroup(group, "SIGKILL", child);
      await gone;
    },
  };

  try {
    await becomesReady(options, child);
  } catch (error) {
    await running.kill();
    throw new Error(`${name} did not start: ${error instanceof Error ? error.message : error}\n${lastLines(log)}\n(log: ${log})`);
  }
  return running;
}

function whenEnded(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", () => resolve(undefined));
  });
}

function signalGroup(group: number, signal: NodeJS.Signals, child: ChildProcess): void {
  // Once the child was waited for, its number may belong to somebody else.
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-group, signal);
  } catch {
    // It went in this very moment.
  }
}

async function becomesReady({ ready, readyWithin = 60_000 }: ProcessOptions, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + readyWithin;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended with ${child.signalCode ?? `code ${child.exitCode}`}`);
    if (await answers(ready)) return;
    await wait(50);
  }
  throw new Error(`${ready} did not answer within ${readyWithin / 1000} s`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([promise.then(() => true), wait(ms, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}

function lastLines(file: string, count = 15): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
