import { type ChildProcess, spawn } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { onPath } from "../../../tools/setup/command.ts";
import { ensureGoProgram } from "../../../tools/setup/go.ts";
import { quiet } from "../../../tools/setup/progress.ts";
import { guard, unguard } from "../../../tools/watchdog.ts";

/** One person's link, the same in both directions; `tools/network` carries its packets. */
export type Link = {
  /** One way. */
  readonly delayMs?: number;
  /** Width of what chance adds to the delay or takes from it. */
  readonly jitterMs?: number;
  /** Part of the packets that get lost, 0 to 1. */
  readonly loss?: number;
  readonly noUdp?: boolean;
  readonly broken?: boolean;
};

const Opened = z.object({ device: z.string(), namespaces: z.record(z.string(), z.string()) });

/** This machine permits no networks of its own; the message says what is missing. */
export class NoNetworks extends Error {
  override name = "NoNetworks";
}

/** People behind links of their own: each in a network namespace, which reaches this machine at `host` alone. */
export class PeopleNetworks {
  /** Address of this machine for them. */
  readonly host: string;
  /** Device that it has there. */
  readonly device: string;
  readonly #namespaces: Readonly<Record<string, string>>;
  readonly #carrying: ChildProcess;

  static async open(names: readonly string[]): Promise<PeopleNetworks> {
    if (process.platform !== "linux" || process.getuid?.() !== 0)
      throw new NoNetworks("networks of one's own need Linux and root");
    if (!onPath("nsenter")) throw new NoNetworks("there is no nsenter (Debian's package util-linux)");
    const { program } = await ensureGoProgram("network", "Networks for people", quiet);
    // Several runs at once do not meet.
    const net = `10.${randomInt(64, 250)}.${randomInt(1, 250)}`;
    const people = Object.fromEntries(names.map((name, index) => [name, `${net}.${index + 11}`]));
    const carrying = spawn(program, { stdio: ["pipe", "pipe", "pipe"], detached: true });
    if (carrying.pid !== undefined) guard(carrying.pid);
    let said = "";
    carrying.stderr.on("data", (chunk: Buffer) => (said += chunk));
    carrying.stdin.write(`${JSON.stringify({ host: `${net}.1`, people, seed: 1 })}\n`);
    const first = await new Promise<string | null>((resolve) => {
      createInterface({ input: carrying.stdout })
        .once("line", resolve)
        .once("close", () => resolve(null));
    });
    if (first === null) throw new NoNetworks(`this machine permits no networks of one's own: ${said.trim()}`);
    return new PeopleNetworks(`${net}.1`, Opened.parse(JSON.parse(first)), carrying);
  }

  private constructor(host: string, { device, namespaces }: z.infer<typeof Opened>, carrying: ChildProcess) {
    this.host = host;
    this.device = device;
    this.#namespaces = namespaces;
    this.#carrying = carrying;
  }

  /** From now on this person's link is so; what is left out is as on a good one. */
  link(who: string, link: Link): void {
    this.#carrying.stdin?.write(`${JSON.stringify({ who, link })}\n`);
  }

  /** A command and its first arguments, after which a program and its own run behind this person's link. */
  behind(who: string): readonly [string, ...string[]] {
    return ["nsenter", `--net=${this.#namespaces[who]}`, "--"];
  }

  /** A program that is another one behind this person's link. */
  async program(who: string, program: string, dir: string): Promise<string> {
    const file = join(dir, `behind-${who}`);
    await writeFile(file, `#!/bin/sh\nexec ${this.behind(who).join(" ")} '${program}' "$@"\n`);
    await chmod(file, 0o700);
    return file;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#carrying.once("close", resolve));
    this.#carrying.stdin?.end();
    await ended;
    if (this.#carrying.pid !== undefined) unguard(this.#carrying.pid);
  }
}

/** The networks, or the word why there are none here: what measures under them is left out, and says so. */
export async function networksOrWhyNot(
  names: readonly string[],
): Promise<{ readonly networks: PeopleNetworks } | { readonly networks: null; readonly why: string }> {
  try {
    return { networks: await PeopleNetworks.open(names) };
  } catch (error) {
    if (!(error instanceof NoNetworks)) throw error;
    return { networks: null, why: error.message };
  }
}
