/**
 * `refused`: it does not know us, or we may not (401, 403, 3xx). `rejected`: it will not have this very task. `gone`: its item is not there
 * any more. `changed`: somebody else changed it at the same moment. `misset`: the configuration cannot work. The others pass.
 */
export type TargetProblemCode =
  | "refused"
  | "misset"
  | "rejected"
  | "gone"
  | "changed"
  | "busy"
  | "failing"
  | "slow"
  | "unreachable"
  | "unreadable";

type Further = { readonly retryAfterMs?: number | null; readonly reason?: string; readonly cause?: unknown };

/** What went wrong with a task manager. Its message is for the log, and holds no secret; people read a sentence by the code. */
export class TargetProblem extends Error {
  readonly code: TargetProblemCode;
  /** It said itself when to come again. */
  readonly retryAfterMs: number | null;
  /** The same without an address and without anything that was answered: some servers repeat what they were sent, the key included. */
  readonly reason: string;

  constructor(
    code: TargetProblemCode,
    message: string,
    { retryAfterMs = null, reason = message, cause }: Further = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.reason = reason;
  }

  /** Everything sent there fails alike, until somebody mends it. */
  get ofTarget(): boolean {
    return this.code === "refused" || this.code === "misset";
  }

  /** Trying this task again as it is cannot help. */
  get ofTask(): boolean {
    return this.code === "rejected" || this.code === "gone";
  }
}
