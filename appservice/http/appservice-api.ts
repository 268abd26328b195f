import { createHash, timingSafeEqual } from "node:crypto";
import express, { type Request, type RequestHandler, type Router } from "express";
import { RawEvent } from "../journal/inbox.ts";
import { jsonInParts } from "../journal/json-in-parts.ts";
import { byTurns, eachOf } from "../journal/parts-of-work.ts";
import { APPSERVICE, HOMESERVER_ROUTES } from "../protocol/routes/outside.ts";
import { ApiFailure } from "./api-failure.ts";
import { bind, type Handlers, NO_VISITOR } from "./bind.ts";
import { exactRouter } from "./exact.ts";

export type AppserviceApi = {
  readonly hsToken: string;
  /** Keeps events; once it has returned for all of them, the transaction is acknowledged. */
  readonly receive: (events: readonly RawEvent[]) => void;
  readonly onMalformed: () => void;
};

/**
 * The homeserver's side of the service (Application Service API). The transaction's number is not remembered: Synapse
 * on SQLite counts from 1 again after a restart, so only an event's own id says whether it came before.
 */
export function appserviceApi({ hsToken, receive, onMalformed }: AppserviceApi): Router {
  const nobody = (): never => {
    throw new ApiFailure("NOBODY_ON_DEMAND");
  };
  const handlers: Handlers<typeof HOMESERVER_ROUTES> = {
    transaction: async ({ body }) => {
      const receiveOne = (event: unknown): void => {
        const parsed = RawEvent.safeParse(event);
        if (parsed.success) receive([parsed.data]);
        else onMalformed();
      };
      // A hundred long ones kept in one piece would hold up everybody's meeting.
      await byTurns(eachOf(body.events, receiveOne, 1));
      return {};
    },
    ping: () => ({}),
    userOnDemand: nobody,
    roomOnDemand: nobody,
  };
  const router = exactRouter();
  router.use(onlyHomeserver(hsToken), express.raw({ type: "application/json", limit: "50mb" }), readInTurns);
  router.use(bind(HOMESERVER_ROUTES, handlers, NO_VISITOR, APPSERVICE));
  return router;
}

/** Reads the body a few milliseconds at a time: the homeserver passes on whatever a member has sent. */
const readInTurns: RequestHandler = async (request, _response, next) => {
  if (Buffer.isBuffer(request.body)) request.body = await jsonOf(request.body);
  next();
};

async function jsonOf(body: Buffer): Promise<unknown> {
  try {
    return await byTurns(jsonInParts(body));
  } catch (cause) {
    throw new ApiFailure("NOT_JSON", { cause });
  }
}

/** Tells the homeserver by the token of the registration; compared in constant time. */
export function knowsHomeserver(hsToken: string): (request: Request) => boolean {
  const expected = digest(hsToken);
  return (request) => {
    const given = tokenOf(request);
    return given !== null && timingSafeEqual(digest(given), expected);
  };
}

/** Lets nobody else through. */
export function onlyHomeserver(hsToken: string): RequestHandler {
  const isHomeserver = knowsHomeserver(hsToken);
  return (request, _response, next) => {
    if (tokenOf(request) === null) throw new ApiFailure("MISSING_TOKEN");
    if (!isHomeserver(request)) throw new ApiFailure("NOT_HOMESERVER");
    next();
  };
}

function tokenOf(request: Request): string | null {
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const query = request.query["access_token"];
  return header ?? (typeof query === "string" ? query : null);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
