import { createHash, timingSafeEqual } from "node:crypto";
import express, { type RequestHandler, type Router } from "express";
import { z } from "zod";
import { RawEvent } from "../journal/inbox.ts";
import { wellFormed } from "../protocol/well-formed.ts";
import { ApiFailure } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";

export type AppserviceApi = {
  readonly hsToken: string;
  /** Keeps the events; once it returns, the transaction is acknowledged. */
  readonly receive: (events: readonly RawEvent[]) => void;
  readonly onMalformed: () => void;
};

const Transaction = z.object({ events: z.array(z.unknown()).max(1_000) });

/**
 * The homeserver's side of the service (Application Service API). The transaction's number is not remembered: Synapse on
 * SQLite counts from 1 again after a restart, so only an event's own id says whether it came before.
 */
export function appserviceApi({ hsToken, receive, onMalformed }: AppserviceApi): Router {
  const router = exactRouter();
  router.use(onlyHomeserver(hsToken), express.json({ limit: "50mb", reviver: wellFormed }));

  router.put("/transactions/:transaction", (request, response) => {
    const body = Transaction.safeParse(request.body);
    if (!body.success) throw new ApiFailure(400, "M_BAD_JSON", "A transaction holds a list of events.");
    const events = body.data.events.flatMap((event): RawEvent[] => {
      const parsed = RawEvent.safeParse(event);
      if (!parsed.success) onMalformed();
      return parsed.success ? [parsed.data] : [];
    });
    receive(events);
    response.json({});
  });
  router.post("/ping", (_, response) => {
    response.json({});
  });
  const nobody: RequestHandler = () => {
    throw new ApiFailure(404, "M_NOT_FOUND", "This service makes no users or rooms on demand.");
  };
  router.get(["/users/:user", "/rooms/:alias"], nobody);
  return router;
}

/** Lets the homeserver through, known by the token of the registration; compared in constant time. */
export function onlyHomeserver(hsToken: string): RequestHandler {
  const expected = digest(hsToken);
  return (request, _response, next) => {
    const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const query = typeof request.query["access_token"] === "string" ? request.query["access_token"] : undefined;
    const given = header ?? query;
    if (given === undefined) throw new ApiFailure(401, "M_MISSING_TOKEN", "The homeserver's token is missing.");
    if (!timingSafeEqual(digest(given), expected)) throw new ApiFailure(403, "M_FORBIDDEN", "This is not the homeserver's token.");
    next();
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
