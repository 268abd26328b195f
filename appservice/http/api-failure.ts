import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import type { ApiError } from "../protocol/http-api.ts";
import { isStorageFailure } from "../journal/storage-guard.ts";
import { RoomId } from "../protocol/identity.ts";
import { NAMESPACE } from "../protocol/namespace.ts";
import { errcodeOf, type Refusal } from "../protocol/refusal.ts";
import { requestId } from "./request-log.ts";

/** An answer that is not a success: what a client is told. The log gets the cause. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly errcode: string;

  constructor(status: number, errcode: string, error: string, options?: ErrorOptions) {
    super(error, options);
    this.status = status;
    this.errcode = errcode;
  }
}

export const unknownToken = () => new ApiFailure(401, "M_UNKNOWN_TOKEN", "This session is not known or has expired.");
export const forbidden = (error: string) => new ApiFailure(403, "M_FORBIDDEN", error);
export const badRequest = (error: string) => new ApiFailure(400, "M_BAD_JSON", error);

/** Whatever goes wrong, a client learns a code and a sentence and nothing of the inside. */
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
  throw new ApiFailure(404, "M_UNRECOGNIZED", "There is nothing here.");
};

function failureFrom(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  // What express and its body parser refuse (not JSON, too large, bad escapes in the path) carries a status of its own.
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return new ApiFailure(413, "M_TOO_LARGE", "The request is too large.");
  if (typeof status === "number" && status >= 400 && status < 500)
    return new ApiFailure(status, "M_NOT_JSON", "The request could not be read.");
  if (isStorageFailure(error))
    return new ApiFailure(
      503,
      `${NAMESPACE}.not_kept`.toUpperCase(),
      "The service cannot write to its disk. Try again in a moment, or tell your admin.",
    );
  if (isHomeserverAway(error))
    return new ApiFailure(
      503,
      `${NAMESPACE}.homeserver_away`.toUpperCase(),
      "The homeserver does not answer. Try again in a moment.",
      { cause: error },
    );
  if (codeOf(error) === "TOO_MUCH_WORK")
    return new ApiFailure(
      503,
      `${NAMESPACE}.too_much_work`.toUpperCase(),
      "This takes longer than the service may spend on it. A single meeting, or a simpler format, takes less.",
      { cause: error },
    );
  return new ApiFailure(500, "M_UNKNOWN", "Something went wrong on our side.");
}

/** Its failure carries this code, whichever way it is away; see `room/homeserver-answer.ts`. */
function isHomeserverAway(error: unknown): boolean {
  return codeOf(error) === "EHOMESERVERAWAY";
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

/** What the circle refuses, in the words of the room. */
export function refused(
  refusal: Refusal,
  room: RoomId,
  { refusalText }: { readonly refusalText: (refusal: Refusal, room: RoomId) => string },
): ApiFailure {
  return new ApiFailure(409, errcodeOf(refusal.code), refusalText(refusal, room));
}
