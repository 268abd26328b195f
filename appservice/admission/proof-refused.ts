import { API_ERRORS, type ApiErrorCode } from "../protocol/api-errors.ts";
import { MindminderError } from "../protocol/mindminder-error.ts";

/** A proof that proves nothing here; a client is told the error of this code. */
export class ProofRefused extends MindminderError {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly errcode: string;

  constructor(code: ApiErrorCode, options?: ErrorOptions) {
    const { sentence, remedy, status, errcode } = API_ERRORS[code];
    super(sentence, { remedy, retryable: status >= 500 }, options);
    this.code = code;
    this.status = status;
    this.errcode = errcode;
  }
}
