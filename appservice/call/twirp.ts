import * as http from "node:http";
import * as https from "node:https";
import { ServiceError } from "../protocol/mindminder-error.ts";

const REQUEST_WITHIN_MS = 4_000;
/**
 * Time for the answer to a request that keeps somebody from being heard, which is soon sent again: longer than any
 * answer takes from a LiveKit in which people can talk.
 */
export const CLOSED_WITHIN_MS = 1_500;

/** LiveKit refused a request; `status` as in HTTP. */
export class TwirpRefused extends ServiceError {
  readonly status: number;

  constructor(method: string, status: number, answer: string) {
    super("LIVEKIT_REFUSED", `LiveKit refused ${method} with ${status}: ${answer.slice(0, 300)}`);
    this.status = status;
  }
}

/** `withinMs`: time for the answer. */
export type TwirpPost = (method: string, token: string, body: object, withinMs?: number) => Promise<unknown>;

/**
 * Requests to LiveKit's room service that cannot wait. `fetch` puts a request together over several turns of the event
 * loop, behind whatever else a pass sets going; here it is on its way to LiveKit before the caller goes on.
 */
export function twirp(baseUrl: string): TwirpPost {
  const service = new URL("twirp/livekit.RoomService/", baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
  const { request, Agent } = service.protocol === "https:" ? https : http;
  const agent = new Agent({ keepAlive: true, scheduling: "lifo" });

  function post(method: string, token: string, body: object, withinMs: number, isRetry = false): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const content = Buffer.from(JSON.stringify(body));
      const sent = request(new URL(method, service), {
        agent,
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "Content-Length": content.length,
          Authorization: `Bearer ${token}`,
        },
        timeout: withinMs,
      });
      sent.on("timeout", () =>
        sent.destroy(new Error(`LiveKit did not answer ${method} within ${withinMs / 1_000} s`)),
      );
      // LiveKit may have closed a kept-open connection in this very moment; it has not closed a new one.
      sent.on("error", (error) =>
        sent.reusedSocket && !isRetry && isReset(error)
          ? resolve(post(method, token, body, withinMs, true))
          : reject(error),
      );
      sent.on("response", (response) => {
        const pieces: Buffer[] = [];
        response.on("data", (piece: Buffer) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => {
          const status = response.statusCode ?? 0;
          const answer = Buffer.concat(pieces).toString("utf8");
          if (status !== 200) return reject(new TwirpRefused(method, status, answer));
          try {
            resolve(JSON.parse(answer));
          } catch (error) {
            reject(error);
          }
        });
      });
      sent.end(content);
    });
  }
  return (method, token, body, withinMs = REQUEST_WITHIN_MS) => post(method, token, body, withinMs);
}

function isReset(error: NodeJS.ErrnoException): boolean {
  return error.code === "ECONNRESET" || error.code === "EPIPE";
}
