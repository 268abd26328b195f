import { parentPort } from "node:worker_threads";
import { READY, type WorkerAnswer } from "./elsewhere.ts";

type Work = (...given: readonly unknown[]) => unknown;
type Asked = { readonly job: string; readonly given: readonly unknown[] };

/** Runs the worker's side: does each job it is asked for, and sends back the result or the error. */
export function answerWith(jobs: Readonly<Record<string, (...given: never[]) => unknown>>): void {
  parentPort?.on("message", async ({ job, given }: Asked) => {
    const answer = await Promise.resolve()
      .then(() => (jobs[job] as Work)(...given))
      .then(
        (made): WorkerAnswer => ({ made }),
        (error: unknown): WorkerAnswer => ({ failed: String(error) }),
      );
    parentPort?.postMessage(answer);
  });
  parentPort?.postMessage(READY);
}
