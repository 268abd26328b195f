import type { Request, RequestHandler, Response } from "express";
import type { Histogram } from "prom-client";
import { randomBytes } from "../time/chance.ts";
import { monotonic } from "../time/time.ts";

const HEADER = "x-request-id";
/** Form of an id that a proxy in front may give; anything else does not get into our log. */
const SANE = /^[\w.:-]{6,64}$/;

/** Gives each request an id, the proxy's if it has one, and counts how long its answer takes. */
export function requestLog(
  taken?: Histogram<string>,
  watch?: { readonly note: (what: string) => void },
): RequestHandler {
  return (request, response, next) => {
    const given = request.headers[HEADER];
    response.setHeader(HEADER, typeof given === "string" && SANE.test(given) ? given : randomBytes(6).toString("hex"));
    const began = monotonic();
    watch?.note(`${request.method} ${request.path}`);
    response.once("finish", () => {
      const status = `${Math.floor(response.statusCode / 100)}xx`;
      taken?.observe({ route: routeOf(request), method: request.method, status }, (monotonic() - began) / 1000);
    });
    next();
  };
}

/** The id by which a person's complaint and a line of the log find each other. */
export function requestId(response: Response): string {
  return String(response.getHeader(HEADER) ?? "");
}

/** The route as it is declared, never what was asked for: that would name rooms, and grow without end. */
function routeOf({ route, baseUrl }: Request): string {
  const path = (route as { path?: unknown } | undefined)?.path;
  return typeof path === "string" ? `${baseUrl}${path}` : "other";
}
