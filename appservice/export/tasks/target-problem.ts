import type { ErrorCode } from "../../protocol/error-list.ts";
import { ServiceError } from "../../protocol/mindminder-error.ts";

/**
 * `refused`: it does not know us, or we may not (401, 403, 3xx). `rejected`: it will not have this very task. `gone`:
 * its item is not there any more. `changed`: somebody else changed it at the same moment. `misset`: the configuration
 * cannot work. The others pass.
 */
export type TargetFailure =
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

const CODES = {
  refused: "TASKS_REFUSED",
  misset: "TASKS_MISSET",
  rejected: "TASKS_REJECTED",
  gone: "TASKS_GONE",
  changed: "TASKS_CHANGED",
  busy: "TASKS_BUSY",
  failing: "TASKS_FAILING",
  slow: "TASKS_SLOW",
  unreachable: "TASKS_UNREACHABLE",
  unreadable: "TASKS_UNREADABLE",
} as const satisfies Record<TargetFailure, ErrorCode>;

type Further = { readonly retryAfterMs?: number | null; readonly reason?: string; readonly cause?: unknown };

/**
 * Failure of a task manager. Its message is for the log, and holds no secret; people read a sentence by the failure.
 */
export class TargetProblem extends ServiceError {
  readonly failure: TargetFailure;
  /** Milliseconds after which it asked us to come again; null where it did not say. */
  readonly retryAfterMs: number | null;
  /**
   * Message without an address and without any of the answer: some servers repeat what they were sent, the key
   * included.
   */
  readonly reason: string;

  constructor(failure: TargetFailure, message: string, { retryAfterMs = null, reason = message, cause }: Further = {}) {
    super(CODES[failure], message, { cause });
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
    this.reason = reason;
  }

  /** True where everything sent there fails alike, until somebody mends it. */
  get ofTarget(): boolean {
    return this.failure === "refused" || this.failure === "misset";
  }

  /** True where trying this task again as it is cannot help. */
  get ofTask(): boolean {
    return this.failure === "rejected" || this.failure === "gone";
  }
}
