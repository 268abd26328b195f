import type { ErrorCode } from "../../protocol/error-list.ts";
import { ServiceError } from "../../protocol/mindminder-error.ts";

export type LlmFailure =
  | "unreachable"
  | "timeout"
  | "refused"
  | "nonsense"
  | "too-long"
  | "ungrounded"
  | "resting"
  | "spent";

const CODES = {
  unreachable: "MODEL_UNREACHABLE",
  timeout: "MODEL_TIMEOUT",
  refused: "MODEL_REFUSED",
  nonsense: "MODEL_NONSENSE",
  "too-long": "MODEL_TOO_LONG",
  ungrounded: "MODEL_UNGROUNDED",
  resting: "MODEL_RESTING",
  spent: "MODEL_TOKENS_SPENT",
} as const satisfies Record<LlmFailure, ErrorCode>;

export class LlmError extends ServiceError {
  readonly failure: LlmFailure;

  constructor(failure: LlmFailure, message: string, options?: ErrorOptions) {
    super(CODES[failure], message, options);
    this.failure = failure;
  }
}
