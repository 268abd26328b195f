import type { z } from "zod";
import { retryAfterMs } from "../../protocol/retry-after.ts";
import { boundedText } from "../../protocol/bounded-text.ts";
import { mended } from "../../protocol/well-formed.ts";
import { TargetProblem, type TargetFailure } from "./target-problem.ts";
import { sleep, timeLimit } from "../../time/time.ts";

export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body of the request; an object is sent as JSON. */
  readonly body?: string | object;
  /** Statuses besides 2xx that are an answer, too. */
  readonly also?: readonly number[];
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Reads the body by a schema. */
  json<S extends z.ZodType>(schema: S): z.output<S>;
};

/** Asks something of a task manager; throws a `TargetProblem` for all that is no answer. */
export type AskTaskManager = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;

const MOST_BYTES = 8_000_000;
const LONGEST_WAIT_MS = 24 * 3600_000;

export function askWith({ timeoutMs, now }: { timeoutMs: number; now: () => number }): AskTaskManager {
  return async ({ method, url, headers = {}, body, also = [] }, signal) => {
    const late = timeLimit(timeoutMs);
    const where = placeOf(method, url);
    try {
      const json = typeof body === "object" ? { "Content-Type": "application/json" } : {};
      const init: RequestInit = {
        method,
        redirect: "manual",
        signal: AbortSignal.any([signal, late]),
        headers: { "User-Agent": "Mindminder", ...json, ...headers },
      };
      if (body !== undefined) init.body = typeof body === "object" ? JSON.stringify(body) : body;
      const response = await fetchFrom(url, init);
      const text = await boundedText(response.body, MOST_BYTES, () =>
        problem("unreadable", where, `the answer is larger than ${MOST_BYTES / 1e6} MB`),
      );
      if (!response.ok && !also.includes(response.status)) throw problemOf(response, text, where, now());
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: (schema) => parsed(text, schema, where),
      };
    } catch (error) {
      if (error instanceof TargetProblem) throw error;
      if (late.aborted) throw problem("slow", where, `no answer within ${timeoutMs / 1000} s`);
      signal.throwIfAborted();
      throw problem("unreachable", where, reasonOf(error), { cause: error });
    }
  };
}

const MOST_REDIRECTS = 3;

/**
 * Follows a redirect to another spelling of the same address, or from http to https, and asks there again, the key
 * included; to another server nothing is sent.
 */
async function fetchFrom(url: string, init: RequestInit): Promise<Response> {
  let from = url;
  for (let steps = 0; ; steps++) {
    const response = await fetch(from, init);
    const to = steps < MOST_REDIRECTS ? samePlace(response, from) : null;
    if (to === null) return response;
    await response.body?.cancel();
    from = to;
  }
}

const SENT_ON: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * Address to which the server sends us on; null where it is another place. A passing redirect (302) to another page is
 * one to a login, as a rule.
 */
function samePlace({ status, headers }: Response, from: string): string | null {
  const location = headers.get("location");
  if (!SENT_ON.has(status) || location === null || !URL.canParse(location, from)) return null;
  const [to, before] = [new URL(location, from), new URL(from)];
  const safer =
    before.protocol === "http:" &&
    to.protocol === "https:" &&
    to.hostname === before.hostname &&
    before.port === "" &&
    to.port === "";
  const samePage = withoutSlash(to.pathname) === withoutSlash(before.pathname);
  return (to.origin === before.origin || safer) &&
    (samePage || status !== 302) &&
    to.href !== before.href &&
    to.username === ""
    ? to.href
    : null;
}

const withoutSlash = (path: string) => (path.endsWith("/") ? path.slice(0, -1) : path);

function problem(
  code: TargetFailure,
  where: string,
  reason: string,
  further: { readonly cause?: unknown } = {},
): TargetProblem {
  return new TargetProblem(code, `${where}: ${reason}`, { reason, ...further });
}

/** Part of an address that may be told; the rest may be private. */
function placeOf(method: string, url: string): string {
  const { origin, pathname } = new URL(url);
  return `${method} ${origin}${pathname}`;
}

function problemOf({ status, headers }: Response, text: string, where: string, now: number): TargetProblem {
  const said = `${where}: ${status}${text ? ` ${text.replace(/\s+/g, " ").slice(0, 300)}` : ""}`;
  const afterMs = retryAfter(headers, now);
  const further = { retryAfterMs: afterMs, reason: `status ${status}` };
  // GitHub says "forbidden" where it means "later".
  const later = afterMs !== null || headers.get("x-ratelimit-remaining") === "0";
  if (status === 429 || (status === 403 && later)) return new TargetProblem("busy", said, further);
  if (status >= 500) return new TargetProblem("failing", said, further);
  if (status === 401 || status === 403 || (status >= 300 && status < 400))
    return new TargetProblem("refused", said, further);
  if (status === 404 || status === 410) return new TargetProblem("gone", said, further);
  if (status === 409 || status === 412 || status === 423) return new TargetProblem("changed", said, further);
  return new TargetProblem("rejected", said, further);
}

/** Milliseconds to wait, as the answer asks, or until the limit of GitHub or GitLab begins anew. */
function retryAfter(headers: Headers, now: number): number | null {
  const reset =
    headers.get("x-ratelimit-remaining") === "0" || headers.get("ratelimit-remaining") === "0"
      ? (headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset"))
      : null;
  const ms = retryAfterMs(headers.get("retry-after"), now) ?? (reset === null ? NaN : Number(reset) * 1_000 - now);
  return Number.isFinite(ms) ? Math.min(Math.max(0, Math.ceil(ms)), LONGEST_WAIT_MS) : null;
}

function parsed<S extends z.ZodType>(text: string, schema: S, where: string): z.output<S> {
  let value: unknown;
  try {
    value = mended(JSON.parse(text));
  } catch {
    throw new TargetProblem("unreadable", `${where}: the answer is no JSON: ${text.slice(0, 100)}`, {
      reason: "the answer is no JSON",
    });
  }
  const found = schema.safeParse(value);
  if (!found.success)
    throw new TargetProblem(
      "unreadable",
      `${where}: unexpected answer: ${found.error.issues
        .map(({ path, message }) => `${path.join(".")} ${message}`)
        .join("; ")
        .slice(0, 300)}`,
      { reason: "unexpected answer" },
    );
  return found.data;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: string; message?: string } | undefined) : undefined;
  return cause?.code ?? cause?.message ?? String(error);
}

/** Tries again where work failed because somebody else wrote at the same moment. */
export async function whenUnchanged<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 3 || !(error instanceof TargetProblem) || error.failure !== "changed") throw error;
      await sleep(100 * attempt);
    }
  }
}
