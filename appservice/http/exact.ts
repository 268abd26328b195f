import { type RequestHandler, Router } from "express";
import { notFound } from "./api-failure.ts";

/**
 * A path has one spelling. A proxy in front keeps from the internet what it was told, letter by letter: if `/METRICS` or `/metrics/` were
 * answered as `/metrics` is, a rule for the one would let the others out.
 */
export function exactRouter(): Router {
  return Router({ caseSensitive: true, strict: true });
}

/** `/` and what may stand in an address; no `#` and no `\`, which some readers of addresses take for an end or a slash. */
const PLAIN = /^\/[!"$-[\]-~]*$/;

/** Whole addresses, blanks, tabs, letters beyond ASCII: no client of ours writes so, and two readers need not agree about them. */
export const onlyPlainPaths: RequestHandler = (request, response, next) => {
  if (PLAIN.test(request.url)) next();
  else notFound(request, response, next);
};
