import type { NextFunction, RequestHandler } from "express";
import { soon } from "../time/time.ts";

/**
 * Requests that come at once are answered one in each turn of the event loop: each takes a few milliseconds, and a
 * hundred of them in one turn would keep people who speak out of turn from being muted. For a single request it makes
 * no difference.
 */
export function inTurns(): RequestHandler {
  const waiting: NextFunction[] = [];
  const answerOne = () => {
    const next = waiting.shift();
    if (waiting.length > 0) soon(answerOne);
    next?.();
  };
  return (request, _response, next) => {
    // Requests of people who have gone meanwhile are not worked for.
    waiting.push(() => {
      if (!request.socket.destroyed) next();
    });
    if (waiting.length === 1) soon(answerOne);
  };
}
