import type { ErrorCode } from "../protocol/error-list.ts";
import { AdminError } from "../protocol/mindminder-error.ts";

/** Ways in which the place of a set fails. */
export type DatasetFailure = "away" | "refused" | "full" | "not-ours" | "misset";

const CODES = {
  away: "DATASET_AWAY",
  refused: "DATASET_REFUSED",
  full: "DATASET_FULL",
  "not-ours": "DATASET_NOT_OURS",
  misset: "DATASET_MISSET",
} as const satisfies Record<DatasetFailure, ErrorCode>;

/** A set cannot be read or written where it lies; the sentence says where, and what helps. */
export class DatasetProblem extends AdminError {
  readonly failure: DatasetFailure;

  constructor(failure: DatasetFailure, message: string, options?: ErrorOptions) {
    super(CODES[failure], message, options);
    this.failure = failure;
  }
}
