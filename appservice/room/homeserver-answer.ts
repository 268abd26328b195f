import { MatrixError } from "matrix-bot-sdk";
import { z } from "zod";
import { retryAfterMs } from "../protocol/retry-after.ts";
import { ServiceError } from "../protocol/mindminder-error.ts";
import { wallClock } from "../time/time.ts";

/** The homeserver has not answered for as long as anybody should wait, or somebody else answered for it. */
export class HomeserverAway extends ServiceError {
  /** Status with which a proxy answered in its place; null where nobody did. */
  readonly status: number | null;

  constructor(
    message: string,
    { status = null, cause }: { readonly status?: number | null; readonly cause?: unknown } = {},
  ) {
    super("HOMESERVER_AWAY", message, { cause });
    this.status = status;
  }
}

const Response = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.unknown()).catch({}),
  body: z.instanceof(Buffer).catch(Buffer.alloc(0)),
});

/** Refusal of a homeserver's own (Client-Server API, "Standard error response"). */
const Refused = z.object({
  errcode: z.string(),
  error: z.string().catch(""),
  retry_after_ms: z.coerce.number().optional().catch(undefined),
});
const MOST_OF_A_REFUSAL = 64 * 1024;

/** A status that says nothing of the homeserver, but of what was sent through the proxy before it. */
const TOO_LARGE = 413;

/**
 * Translates an error that the SDK threw. It throws the whole response, with our token in it, where that holds no
 * error of Matrix's: then a proxy answered, or a page that wants somebody to log in, and the homeserver itself is
 * away.
 */
export function problemOf(error: unknown): unknown {
  if (error instanceof MatrixError) return error;
  const response = Response.safeParse(error).data;
  if (!response)
    return error instanceof Error ? unreachable(error) : new HomeserverAway("the homeserver gave no answer");
  const { statusCode: status, headers, body } = response;
  const refusal = refusalIn(body);
  if (refusal) return new MatrixError(refusal, status);
  const said = `a proxy answered for the homeserver: ${status}`;
  if (status === TOO_LARGE) return new MatrixError({ errcode: "M_TOO_LARGE", error: said, retry_after_ms: 0 }, status);
  if (status === 429)
    return new MatrixError(
      {
        errcode: "M_LIMIT_EXCEEDED",
        error: said,
        retry_after_ms: retryAfterMs(headers["retry-after"], wallClock()) ?? 0,
      },
      status,
    );
  return new HomeserverAway(said, { status });
}

function refusalIn(body: Buffer): z.infer<typeof Refused> | null {
  if (body.length > MOST_OF_A_REFUSAL) return null;
  try {
    return Refused.safeParse(JSON.parse(body.toString())).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Errors of the connection have codes that begin with E; those of TLS and of what is no HTTP have others, and mean the
 * same.
 */
function unreachable(error: Error): Error {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^E(?!RR_)[A-Z_]+$/.test(code)
    ? error
    : new HomeserverAway(`the homeserver cannot be asked: ${error.message}`, { cause: error });
}

/** An answer of the homeserver's is JSON with something in it; a page, half an answer or none is not of it. */
export function answered(answer: unknown): object {
  if (typeof answer === "object" && answer !== null && !Buffer.isBuffer(answer)) return answer;
  throw new HomeserverAway("what answered for the homeserver is no homeserver", { status: 200 });
}

/**
 * Parses an answer. JSON of another form, too, comes from something that stands in the homeserver's place. Throws
 * `HomeserverAway`.
 */
export function answerOf<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success)
    throw new HomeserverAway("the answer is none that a homeserver gives", { status: 200, cause: parsed.error });
  return parsed.data;
}
