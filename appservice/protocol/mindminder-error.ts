import { ERRORS, type ErrorCode, type ErrorEntry } from "./error-list.ts";

/**
 * Every error of ours. `message` says what happened; `code` (UPPER_SNAKE) finds it in docs/errors.md or
 * docs/http-api.md; `remedy` says what can be done; `retryable` whether the same may go well in a moment, with nothing
 * changed.
 */
export abstract class MindminderError extends Error {
  abstract readonly code: string;
  readonly remedy: string;
  readonly retryable: boolean;

  constructor(message: string, { remedy, retryable }: ErrorEntry, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
    this.retryable = retryable;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** An error inside the service: its message is for the log. */
export class ServiceError extends MindminderError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, ERRORS[code], options);
    this.code = code;
  }
}

/**
 * An error whose message is a whole sentence with its remedy, for an admin at the command line: no trace of calls is
 * shown.
 */
export class AdminError extends ServiceError {}
