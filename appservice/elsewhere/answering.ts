import { parentPort } from "node:worker_threads";
import type { WorkerAnswer } from "./elsewhere.ts";

type Work = (...given: readonly unknown[]) => unknown;
type Asked = { readonly job: string; readonly given: readonly unknown[] };

/** The worker's side: does what it is asked, and says what came of it. */
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
}
