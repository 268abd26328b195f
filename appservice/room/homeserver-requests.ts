import { LogLevel, LogService, MatrixClient, MatrixError, MemoryStorageProvider } from "matrix-bot-sdk";
import type { z } from "zod";
import { jsonInParts } from "../journal/json-in-parts.ts";
import { byTurns } from "../journal/parts-of-work.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { mended } from "../protocol/well-formed.ts";
import { sleep } from "../time/time.ts";
import { answered, answerOf, HomeserverAway, problemOf } from "./homeserver-answer.ts";
import { pauseAfterLimit } from "./limits.ts";

// The SDK writes to the console in a form of its own; those who ask log failures.
LogService.setLevel(LogLevel.ERROR);
LogService.muteModule("MatrixHttpClient");

const REQUEST_TIMEOUT_MS = 30_000;
/** State of a room with a hundred thousand people. */
const MOST_BYTES = 64 * 1024 * 1024;

type Method = "GET" | "PUT" | "POST";

/** One page of a longer answer. `end`, or `next_batch` in "Relationships API": from where the next one goes on. */
type Page = { readonly end?: string | undefined; readonly next_batch?: string | undefined };

/**
 * Requests to the homeserver. Limits (429) are waited out. Throws the SDK's `MatrixError` where the homeserver refuses,
 * and `HomeserverAway` where the answer was none of its own.
 */
export class HomeserverRequests {
  /** Writes and reads as the bot, whom the registration's sender stands for. */
  readonly #client: MatrixClient;
  /** Client for the requests that are the appservice's own. */
  readonly #appservice: MatrixClient;

  constructor({ url, asToken, botId }: { url: string; asToken: string; botId: ParticipantId }) {
    this.#appservice = new MatrixClient(url, asToken, new MemoryStorageProvider());
    this.#client = new MatrixClient(url, asToken, new MemoryStorageProvider());
    this.#client.impersonateUserId(botId);
  }

  /** Asks as the bot. */
  ask(method: Method, path: string, body?: unknown): Promise<unknown> {
    return send(this.#client, method, path, body);
  }

  /** Asks as the appservice itself. */
  askAsAppservice(method: Method, path: string, body: unknown): Promise<unknown> {
    return send(this.#appservice, method, path, body);
  }

  /** Reads an answer page by page, `most` at the most; `path` has a query already. */
  async *pages<S extends z.ZodType<Page>>(path: string, schema: S, most: number): AsyncGenerator<z.output<S>> {
    let from = "";
    for (let page = 0; page < most; page++) {
      const answer = answerOf(schema, await this.ask("GET", `${path}${from}`));
      yield answer;
      const next = answer.end ?? answer.next_batch;
      if (next === undefined) return;
      from = `&from=${encodeURIComponent(next)}`;
    }
  }
}

async function send(as: MatrixClient, method: Method, path: string, body: unknown): Promise<unknown> {
  const sent = body === undefined ? undefined : mended(JSON.parse(JSON.stringify(body)));
  for (let tries = 1; ; tries++) {
    try {
      return answered(await readInTurns(await bytesOf(as, { method, path, sent })));
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (!(problem instanceof MatrixError) || problem.errcode !== "M_LIMIT_EXCEEDED") throw problem;
      await sleep(pauseAfterLimit(problem.retryAfterMs, tries));
    }
  }
}

/** Reads an answer a few milliseconds at a time: members of its rooms decide what stands in it. */
async function readInTurns(answer: unknown): Promise<unknown> {
  if (!Buffer.isBuffer(answer)) return answer;
  if (answer.length > MOST_BYTES) throw new HomeserverAway(`an answer of ${answer.length} bytes is not read`);
  try {
    return await byTurns(jsonInParts(answer));
  } catch (cause) {
    throw new HomeserverAway("what answered for the homeserver is no homeserver", { status: 200, cause });
  }
}

/** The answer as it came: the SDK would read all of it in one piece. */
async function bytesOf(
  as: MatrixClient,
  { method, path, sent }: { readonly method: Method; readonly path: string; readonly sent: unknown },
): Promise<unknown> {
  return as.doRequest(method, path, null, sent, REQUEST_TIMEOUT_MS, false, "application/json", true);
}
