import { setTimeout as wait } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

const LOOK_EVERY_MS = 25;

/**
 * Asks for the service's health again and again, in a thread of its own, since the flooding thread is busy. Tells at
 * the end how long each answer took.
 */
const took: number[] = [];
let going = true;
parentPort?.once("message", () => (going = false));
while (going) {
  const at = performance.now();
  await (await fetch(`${String(workerData)}/healthz`)).text();
  took.push(performance.now() - at);
  await wait(LOOK_EVERY_MS);
}
parentPort?.postMessage(took);
