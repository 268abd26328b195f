import { API, isMedia, type Route } from "@mindminder/protocol/routes/route.ts";
import { failureFrom, ServiceFailure } from "./failure.ts";

export type RequestToService = {
  /** Address of the API. */
  readonly base: URL;
  /** Path of the route, with its values. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

const PATIENCE_MS = 15_000;

/**
 * Sends a request of the table of routes; returns what the route answers, parsed, or its `Blob`. Throws
 * `ServiceFailure`.
 */
export async function send(it: Route, { base, path, headers, body }: RequestToService): Promise<unknown> {
  const response = await fetch(new URL(path.slice(API.length + 1), base), {
    method: it.method,
    headers: it.body ? { ...headers, "Content-Type": "application/json" } : headers,
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(it.body ? { body: JSON.stringify(body) } : {}),
  }).catch((cause: unknown) => {
    throw new ServiceFailure("away", { cause });
  });
  if (response.ok && isMedia(it.answer)) return response.blob();
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failureFrom(response.status, answer);
  const parsed = isMedia(it.answer) ? null : it.answer.safeParse(answer);
  if (!parsed?.success) throw new ServiceFailure("away", { errcode: "UNREADABLE", cause: parsed?.error });
  return parsed.data;
}
