import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { ensureCallers } from "../../../tools/setup/livekit.ts";
import { progressOn } from "../../../tools/setup/progress.ts";
import { guard, unguard } from "../../../tools/watchdog.ts";

/** Something that a caller noticed; see `tools/livekit/callers`. `at` in milliseconds since 1970. */
export type Noticed = Omit<z.infer<typeof Line>, "at"> & { readonly at: number };

const Line = z.object({
  at: z.number(),
  who: z.string(),
  kind: z.enum(["joined", "failed", "left", "receives", "shown", "heard", "silent", "received"]),
  whom: z.string().default(""),
  error: z.string().default(""),
  received: z.number().default(0),
  lost: z.number().default(0),
});

/**
 * Many LiveKit clients in one light process of their own: they publish a muted microphone, speak when it is opened, and
 * tell what they hear.
 */
export class Callers {
  readonly #process: ChildProcess;
  readonly #listeners = new Set<(noticed: Noticed) => void>();
  /** Packets of all who have left so far, and what they missed. */
  readonly #sound = { received: 0, lost: 0 };

  static async start(): Promise<Callers> {
    const { callers } = await ensureCallers(progressOn());
    return new Callers(spawn(callers, { stdio: ["pipe", "pipe", "inherit"], detached: true }));
  }

  private constructor(started: ChildProcess) {
    this.#process = started;
    guard(this.pid);
    createInterface({ input: started.stdout! }).on("line", (line) => {
      const noticed = Line.parse(JSON.parse(line));
      if (noticed.kind === "received") {
        this.#sound.received += noticed.received;
        this.#sound.lost += noticed.lost;
      }
      for (const listener of this.#listeners) listener({ ...noticed, at: noticed.at / 1000 });
    });
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error("the callers could not be started");
    return this.#process.pid;
  }

  /** Listens to everything noticed from now on, until the returned function is called. */
  listen(listener: (noticed: Noticed) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Settles when their microphone is published, where they may speak; in vain if they do not get in. */
  async join(one: { readonly url: string; readonly token: string; readonly who: string }): Promise<void> {
    const joined = new Promise<void>((resolve, reject) => {
      const done = this.listen(({ who, kind, error }) => {
        if (who !== one.who || (kind !== "joined" && kind !== "failed")) return;
        done();
        if (kind === "joined") resolve();
        else reject(new Error(`${who} did not get into the call: ${error}`));
      });
    });
    this.#process.stdin?.write(`${JSON.stringify(one)}\n`);
    await joined;
  }

  /** All leave. What they received of sound, in packets, and what they missed. */
  async leave(): Promise<{ received: number; lost: number }> {
    const ended = once(this.#process, "close");
    this.#process.stdin?.end();
    await ended;
    unguard(this.pid);
    return { ...this.#sound };
  }
}
