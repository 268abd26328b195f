import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { accessSync, constants, statSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { guard, unguard } from "../watchdog.ts";

/** A failure while setting up, with all that a person needs to put it right. */
export class SetupProblem extends Error {
  override name = "SetupProblem";
  constructor(what: string, remedy: string) {
    super(`${what}\n  What to do: ${remedy}`);
  }
}

export type RunOptions = {
  log: string;
  /** Told each line of output. */
  note?: (line: string) => void;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Remedy when it fails. */
  remedy: string;
};

/**
 * Runs a program to its end with its output in the log, and ends it if we are interrupted. Gives its standard output.
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<string> {
  const { log, note, cwd, env, remedy } = options;
  await mkdir(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: "a" });
  file.write(`$ ${[command, ...args].join(" ")}\n`);

  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PYTHONUNBUFFERED: "1", ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid !== undefined) guard(child.pid);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    createInterface({ input: stream }).on("line", (line) => line.trim() && note?.(line.trim()));
  }
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) =>
      resolve(code === 0 ? undefined : `it ended with ${signal ?? `code ${code}`}`),
    );
  });
  if (child.pid !== undefined) unguard(child.pid);
  file.end();
  await finished(file);

  if (failure) {
    const lines = await lastLines(log);
    throw new SetupProblem(
      `"${[command, ...args].join(" ")}" failed: ${failure}. Its last lines:\n${lines}\n  The whole log: ${log}`,
      remedy,
    );
  }
  return output;
}

/** The program's path, if it is on the PATH. */
export function onPath(name: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function lastLines(file: string, count = 15): Promise<string> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n").slice(-count);
  return lines.map((line) => `  | ${line}`).join("\n");
}
