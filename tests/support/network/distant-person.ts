import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { guard, unguard } from "../../../tools/watchdog.ts";
import type { WidgetPerson } from "../stack/widget-person.ts";
import type { PeopleNetworks } from "./people-networks.ts";
import { type Order, Told, TOLD_ON } from "./wire.ts";

const PROGRAM = join(import.meta.dirname, "person.ts");

type Done = Extract<Told, { tells: "done" }>;

/** Somebody behind a link of their own, in the call by a real client, pressing as their page would. */
export class DistantPerson {
  readonly name: string;
  /** Their id in the call. */
  readonly id: string;
  readonly #widget: WidgetPerson;
  readonly #process: ChildProcess;
  readonly #listeners = new Set<(told: Told) => void>();
  #orders = 0;

  constructor(networks: PeopleNetworks, name: string, id: string, widget: WidgetPerson) {
    this.name = name;
    this.id = id;
    this.#widget = widget;
    const [command, ...args] = networks.behind(name);
    this.#process = spawn(command, [...args, process.execPath, "--no-deprecation", PROGRAM], {
      stdio: ["pipe", "ignore", "inherit", "pipe"],
      detached: true,
    });
    if (this.#process.pid !== undefined) guard(this.#process.pid);
    const input = this.#process.stdio[TOLD_ON] as Readable;
    createInterface({ input }).on("line", (line) => {
      const told = Told.parse(JSON.parse(line));
      for (const listener of this.#listeners) listener(told);
    });
  }

  /** All that they tell from now on, until the answer is called. */
  listen(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Settles with the time at which they next hear somebody whom they `listen` to. */
  heard(whom: string): Promise<number> {
    return new Promise((resolve) => {
      const done = this.listen((told) => {
        if (told.tells !== "heard" || told.whom !== whom) return;
        done();
        resolve(told.at);
      });
    });
  }

  order(order: Order): Promise<Done> {
    const number = this.#orders++;
    const answer = new Promise<Done>((resolve, reject) => {
      const done = this.listen((told) => {
        if ((told.tells !== "done" && told.tells !== "failed") || told.order !== number) return;
        done();
        if (told.tells === "done") resolve(told);
        else reject(new Error(`${this.name}: ${order.does}: ${told.error}`));
      });
    });
    this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
    return answer;
  }

  async join(tone: number): Promise<void> {
    await this.order({ does: "join", ...(await this.#widget.call()), tone });
  }

  /** Presses "Pass the word" on the meeting that they see; when it was sent, and what was answered. */
  press(expectedVersion: number): Promise<Done> {
    return this.order({
      does: "ask",
      method: "POST",
      url: this.#widget.address("command"),
      headers: { ...this.#widget.headers, "Content-Type": "application/json" },
      body: JSON.stringify({ type: "pass", expectedVersion }),
    });
  }

  async close(): Promise<void> {
    await this.order({ does: "leave" }).catch(() => undefined);
    const ended = once(this.#process, "close");
    this.#process.stdin?.end();
    await ended;
    if (this.#process.pid !== undefined) unguard(this.#process.pid);
  }
}
