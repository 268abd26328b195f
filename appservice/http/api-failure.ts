import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { ProofRefused } from "../admission/proof-refused.ts";
import { isStorageFailure } from "../store/storage-guard.ts";
import { API_ERRORS, type ApiErrorCode } from "../protocol/api-errors.ts";
import type { ApiError } from "../protocol/http-api.ts";
import { MindminderError } from "../protocol/mindminder-error.ts";
import { RoomId } from "../protocol/identity.ts";
import { errcodeOf, type Refusal } from "../protocol/refusal.ts";
import { requestId } from "./request-log.ts";

/** Differences from what `API_ERRORS` says of an error. */
type Told = {
  readonly sentence?: string | undefined;
  readonly status?: number;
  readonly errcode?: string;
  readonly cause?: unknown;
};

/** An answer that is not a success: what a client is told. The log gets the cause. */
export class ApiFailure extends MindminderError {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly errcode: string;

  constructor(code: ApiErrorCode, { sentence, status, errcode, cause }: Told = {}) {
    const usual = API_ERRORS[code];
    const answered = status ?? usual.status;
    const retryable = answered === 429 || answered === 503;
    super(sentence ?? usual.sentence, { remedy: usual.remedy, retryable }, { cause });
    this.code = code;
    this.status = answered;
    this.errcode = errcode ?? usual.errcode;
  }
}

/** Answers a failure: a client learns a code and a sentence, and nothing of the inside. */
export function answerFailures(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const failure = failureFrom(error);
    const id = requestId(response);
    if (failure.status >= 500)
      log.error(
        { err: error, request: id, ...askedIn(response), method: request.method, path: request.path },
        "a request failed",
      );
    const unexpected = failure.status === 500;
    const body: ApiError = {
      errcode: failure.errcode,
      error: unexpected ? `${failure.message} Tell your admin the number of this request: ${id}.` : failure.message,
    };
    response.status(failure.status).json(body);
  };
}

/** The room that a session is for; known once somebody has shown theirs. */
export function noteRoom({ res }: Request, room: RoomId): void {
  if (res) res.locals["room"] = room;
}

function askedIn({ locals }: Response): { room?: RoomId } {
  const room = RoomId.safeParse(locals["room"]);
  return room.success ? { room: room.data } : {};
}

export const notFound: RequestHandler = () => {
  throw new ApiFailure("NOTHING_HERE");
};

function failureFrom(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (error instanceof ProofRefused) return new ApiFailure(error.code, { cause: error.cause });
  // Errors of express and its body parser (not JSON, too large, bad escapes in the path) carry a status of their own.
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return new ApiFailure("TOO_LARGE");
  if (typeof status === "number" && status >= 400 && status < 500) return new ApiFailure("NOT_JSON", { status });
  if (isStorageFailure(error)) return new ApiFailure("NOT_KEPT");
  if (isHomeserverAway(error)) return new ApiFailure("HOMESERVER_AWAY", { cause: error });
  if (codeOf(error) === "TOO_MUCH_WORK") return new ApiFailure("TOO_MUCH_WORK", { cause: error });
  return new ApiFailure("UNKNOWN");
}

/**
 * Tells whether the homeserver is away: the failure carries this code, in whichever way; see
 * `room/homeserver-answer.ts`.
 */
function isHomeserverAway(error: unknown): boolean {
  return codeOf(error) === "HOMESERVER_AWAY";
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

/** The sentence of a refusal, in the words of the room. */
export type RefusalText = (refusal: Refusal, room: RoomId) => string;

/** Failure for a refusal of the circle, in the words of the room. */
export function refused(refusal: Refusal, room: RoomId, { refusalText }: { refusalText: RefusalText }): ApiFailure {
  return new ApiFailure("REFUSED", { errcode: errcodeOf(refusal.code), sentence: refusalText(refusal, room) });
}
