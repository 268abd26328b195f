import { type IncomingHttpHeaders, request as ask } from "node:http";
import { request as askSafely } from "node:https";
import { pipeline } from "node:stream";
import type { Request, Response } from "express";

/** Headers of one connection, which the next one makes for itself. */
const OF_CONNECTION = ["connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "proxy-connection"];
const ANSWERS_WITHIN_MS = 30_000;

/**
 * Passes a request to a shard and its answer back, as they come. `body`: where it was read already. Rejects where
 * nothing was answered, or not all: then the connection ends, too, so that nobody waits for the rest.
 */
export function passOn(request: Request, response: Response, address: string, body?: Buffer): Promise<void> {
  const url = new URL(request.originalUrl, address);
  const headers = {
    ...withoutConnection(request.headers),
    "x-forwarded-for": [request.headers["x-forwarded-for"], request.socket.remoteAddress].filter(Boolean).join(", "),
    ...(body === undefined ? {} : { "content-length": String(body.length) }),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? askSafely : ask;
    const passed = send(url, { method: request.method, headers, timeout: ANSWERS_WITHIN_MS }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
      pipeline(answer, response, (error) => (error ? reject(error) : resolve()));
    });
    passed.once("error", reject);
    passed.once("timeout", () => passed.destroy(new Error("no answer in time")));
    response.once("close", () => passed.destroy());
    if (body === undefined) request.pipe(passed);
    else passed.end(body);
  });
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.includes(name)));
}
