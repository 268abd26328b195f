import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import type { Answer } from "./elsewhere.ts";
import { JOBS } from "./jobs.ts";

/** On Linux this is the priority of this thread alone: whoever opens and closes microphones comes first. */
const NICE = 10;
if (process.platform === "linux") setPriority(NICE);

type Asked = { readonly job: keyof typeof JOBS; readonly given: readonly unknown[] };

parentPort?.on("message", async ({ job, given }: Asked) => {
  const work = JOBS[job] as (...all: readonly unknown[]) => unknown;
  const answer = await Promise.resolve().then(() => work(...given)).then((made): Answer => ({ made }), (error: unknown): Answer => ({ failed: String(error) }));
  parentPort?.postMessage(answer);
});
