import { type RequestHandler, Router } from "express";
import { notFound } from "./api-failure.ts";

/**
 * A path has one spelling. A proxy in front keeps from the internet what it was told, letter by letter: if `/METRICS`
 * or `/metrics/` were answered as `/metrics` is, a rule for the one would let the others out.
 */
export function exactRouter(): Router {
  return Router({ caseSensitive: true, strict: true });
}

/**
 * `/` and what may stand in an address; no `#` and no `\`, which some readers of addresses take for an end or a slash.
 */
const PLAIN = /^\/[!"$-[\]-~]*$/;

/**
 * A part of a path that means this folder, or the one above: whoever passes a path on would ask for another than was
 * looked at.
 */
const DOTS = /\/(\.|%2e){1,2}(\/|$)/i;

/**
 * Whole addresses, blanks, tabs, letters beyond ASCII, ways up: no client of ours writes so, and two readers need not
 * agree about them.
 */
export const onlyPlainPaths: RequestHandler = (request, response, next) => {
  const [path = ""] = request.url.split("?", 1);
  if (PLAIN.test(request.url) && !DOTS.test(path)) next();
  else notFound(request, response, next);
};
