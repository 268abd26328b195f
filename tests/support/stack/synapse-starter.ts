import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureSynapse } from "../../../tools/setup/synapse.ts";
import type { Begun } from "./processes.ts";

const PROGRAM = join(import.meta.dirname, "synapse_starter.py");
const SOCKET = "MINDMINDER_SYNAPSE_STARTER";

/**
 * Runs beside the tests and makes homeservers for them: loading Synapse takes four fifths of the processor's time that
 * a start of it costs, and is done once. Answers with what ends it.
 */
export async function openSynapseStarter(): Promise<() => Promise<void>> {
  if (process.env[SOCKET]) return async () => {};
  const { python } = await ensureSynapse(quiet);
  const folder = await mkdtemp(join(tmpdir(), "mindminder-starter-"));
  const socket = join(folder, "socket");
  const starter = spawn(python, [PROGRAM, socket], { detached: true, stdio: ["pipe", "pipe", "inherit"] });
  starter.stdin.on("error", () => {});
  const ended = once(starter, "close");
  await Promise.race([once(starter.stdout, "data"), ended]);
  process.env[SOCKET] = socket;
  return async () => {
    delete process.env[SOCKET];
    starter.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}

/** A homeserver by the starter; null where there is none, or it cannot load this Synapse. */
export async function beginByStarter(asked: {
  readonly config: string;
  readonly folder: string;
  readonly log: string;
}): Promise<Begun | null> {
  const socket = process.env[SOCKET];
  if (!socket) return null;
  const connection = connect(socket);
  const closed = new Promise<void>((resolve) => connection.once("close", () => resolve()));
  connection.on("error", () => {});
  connection.write(`${JSON.stringify(asked)}\n`);
  const line = await Promise.race([once(createInterface({ input: connection }), "line"), closed]);
  const pid = Number(line?.[0]);
  if (!pid) return null;
  let over = false;
  const ended = closed.then(async () => {
    // Its files are closed a moment before it is gone.
    while (exists(pid)) await wait(5);
    over = true;
    return undefined;
  });
  return { pid, ended, endedWith: () => (over ? "no code that anybody saw" : null) };
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
