import { parentPort } from "node:worker_threads";
import type { KeeperActs } from "../acts.ts";
import { exchange } from "../exchange.ts";
import { BotDevice } from "./bot-device.ts";

// A thread of its own: importing thousands of keys holds it up for a fifth of a second, and microphones are not guarded
// here.
if (parentPort) {
  const acts: Record<string, (...given: never[]) => unknown> = {};
  const { ask } = exchange<KeeperActs>(parentPort, acts);
  Object.assign(acts, new BotDevice(ask).acts());
}
