import { type ChildProcess, spawn } from "node:child_process";
import { setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Logger } from "pino";
import { BUILDER_FLAGS } from "../dataset/builder-flags.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Purposes } from "../purposes/purposes.ts";
import { monotonic } from "../time/time.ts";
import { upkeep } from "../upkeep.ts";
import type { Ground } from "./ground.ts";

const PROGRAM = join(import.meta.dirname, "../cli/mindminder.mjs");
const HOUR_MS = 3600_000;
const LOOKS_EVERY_MS = 30_000;
/** A build that failed is tried again after this time, whatever the configuration says. */
const AGAIN_AFTER_MS = 10 * 60_000;
/** Priority of the builder: whoever guards microphones comes first. */
const NICENESS = 10;

type Deps = {
  readonly loaded: Pick<Ground["loaded"], "file"> & { readonly config: Pick<Ground["loaded"]["config"], "dataset"> };
  readonly log: Logger;
  readonly meetings: Pick<Meetings, "listen">;
  readonly purposes: Pick<Purposes, "listen">;
  readonly looksEveryMs?: number;
};

/** Events after which words may be in no set any more. */
const TAKES_BACK = new Set(["taken-back", "comment-removed", "comment-edited", "command-taken-back", "words-erased"]);

/**
 * Builds the sets of the configuration when they are due, each in a process of its own, one at a time: now and then,
 * and soon after somebody took something back.
 */
export function createDatasetSchedule({
  loaded: { config, file },
  log,
  meetings,
  purposes,
  looksEveryMs = LOOKS_EVERY_MS,
}: Deps) {
  const due = new Map<string, number>();
  const targets = Object.entries(config.dataset.targets).filter(([, { everyHours }]) => everyHours > 0);
  for (const [name] of targets) due.set(name, 0);
  const allAreDue = () => {
    for (const [name] of targets) due.set(name, 0);
  };
  if (targets.length > 0) {
    purposes.listen((_, { given }) => {
      if (!given) allAreDue();
    });
    meetings.listen((_, happened) => {
      if (happened.some(({ event }) => TAKES_BACK.has(event.type))) allAreDue();
    });
  }
  let building: ChildProcess | null = null;
  let stopping = false;
  const look = async () => {
    for (const [name, { everyHours }] of targets) {
      if (stopping || monotonic() < (due.get(name) ?? 0)) continue;
      due.set(name, monotonic() + everyHours * HOUR_MS);
      const code = await built(name, file, log, (child) => {
        building = child;
      });
      building = null;
      if (code === 0 || stopping) continue;
      due.set(name, Math.min(due.get(name) ?? 0, monotonic() + AGAIN_AFTER_MS));
      log.warn({ set: name, code }, "a set could not be built; what it said stands above, and it is tried again");
    }
  };
  let running: { readonly stop: () => Promise<void> } | null = null;
  return {
    start() {
      if (targets.length > 0)
        running = upkeep(looksEveryMs, look, (error) => log.error({ err: error }, "no set is built"));
    },
    async stop() {
      stopping = true;
      building?.kill("SIGTERM");
      await running?.stop();
    },
  };
}

/** Resolves to the code with which the builder ended; null where a signal ended it. */
function built(
  name: string,
  config: string,
  log: Logger,
  onBegun: (child: ChildProcess) => void,
): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...BUILDER_FLAGS, PROGRAM, "dataset", "build", name, "--config", config], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    onBegun(child);
    if (child.pid !== undefined) giveWay(child.pid);
    createInterface({ input: child.stdout }).on("line", (line) => log.debug({ set: name }, line));
    createInterface({ input: child.stderr }).on("line", (line) => log.warn({ set: name }, line));
    child.on("error", (error) => {
      log.error({ set: name, err: error }, "the process that builds sets cannot be started");
      resolve(1);
    });
    child.on("close", (code) => resolve(code));
  });
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended already, or may not be made to give way here.
  }
}
