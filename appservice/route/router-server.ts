import { createServer, type Server } from "node:http";
import { pipeline } from "node:stream/promises";
import express, { type Request, type RequestHandler, type Response } from "express";
import type { Logger } from "pino";
import { z } from "zod";
import { ApiFailure, answerFailures, notFound } from "../http/api-failure.ts";
import { onlyHomeserver } from "../http/appservice-api.ts";
import { onlyPlainPaths } from "../http/exact.ts";
import { Transaction } from "../protocol/routes/outside.ts";
import { APPSERVICE } from "../protocol/routes/outside.ts";
import { API_ERRORS } from "../protocol/api-errors.ts";
import { ApiError } from "../protocol/http-api.ts";
import { clearTimer, startTimer } from "../time/time.ts";
import { movesApi } from "./moves-api.ts";
import { passOn } from "./pass-on.ts";
import { TELEGRAM_BRINGS, telegramWay } from "./telegram-way.ts";
import { type PlacesApiDeps, placesApi } from "./places-api.ts";
import type { RequestsUnderWay } from "./requests-under-way.ts";
import type { RoomMover } from "./room-mover.ts";
import type { EventRouter } from "./router.ts";
import type { RouterMetrics } from "./router-metrics.ts";

export type RouterServerDeps = PlacesApiDeps & {
  readonly shards: readonly string[];
  readonly shardOf: (room: string) => string;
  readonly mover: RoomMover;
  readonly requests: RequestsUnderWay;
  readonly events: EventRouter;
  readonly metrics: RouterMetrics;
  readonly log: Logger;
};

/** Shard, and where it is. */
type Way = { readonly shard: string; readonly address: string };
type Ways = {
  readonly all: () => Way[];
  /** Throws where the room is being moved. */
  readonly of: (room: string) => Way;
  /** True while some room is being moved, and a code that nobody knows may be of it. */
  readonly moving: () => boolean;
  readonly metrics: RouterMetrics;
};

const MOST_BODY = "64kb";
/** A message of Telegram's with all that can hang on it. */
const MOST_OF_TELEGRAM = "512kb";
const ANSWERS_WITHIN_MS = 10_000;

/**
 * Server of the router: the homeserver's, LiveKit's and people's requests come here, and go to the shard of their room.
 */
export function routerServer({
  shards,
  shardOf,
  events,
  mover,
  requests,
  metrics,
  log,
  ...places
}: RouterServerDeps): Server {
  const app = express();
  app.disable("x-powered-by");
  app.enable("case sensitive routing").enable("strict routing");
  app.use(onlyPlainPaths);
  const wayTo = (shard: string): Way => ({ shard, address: places.places.of(shard)?.address ?? "" });
  const ways: Ways = {
    all: () => shards.map(wayTo),
    of: (room) => {
      if (mover.isMoving(room)) throw new ApiFailure("ROOM_MOVES");
      return wayTo(shardOf(room));
    },
    moving: () => mover.moving,
    metrics,
  };

  app.use(APPSERVICE, onlyHomeserver(places.hsToken));
  app.put(`${APPSERVICE}/transactions/:transaction`, express.json({ limit: "50mb" }), async (request, response) => {
    const transaction = Transaction.safeParse(request.body);
    if (!transaction.success) throw new ApiFailure("BAD_BODY");
    await events.take(transaction.data.events);
    response.json({});
  });
  app.post(`${APPSERVICE}/ping`, (_, response) => void response.json({}));
  app.get(["/healthz", "/ready"], (_, response) => {
    const waitingFor = events.away();
    response.json({ status: "ok", ready: true, waitingFor });
  });
  app.get("/metrics", async (_, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.use(placesApi(places), movesApi(mover, places.hsToken));
  app.use("/api/v1/rooms/:room", (request, response) => {
    const room = String(request.params["room"]);
    return requests.during(room, toOne(ways.of(room), { request, response }, ways));
  });
  // Its sender shows by a code alone whom it is for, or names a room in the body; a shard that does not know the code
  // changes nothing.
  const raw = express.raw({ type: () => true, limit: MOST_BODY });
  app.use(["/api/v1/session", "/api/v1/guest", "/api/v1/my-data"], raw, toWhoeverKnows(ways));
  app.post("/livekit/webhook", raw, toAll(ways, log));
  const addresses = () => ways.all().map(({ address }) => address);
  app.post(
    TELEGRAM_BRINGS,
    express.raw({ type: () => true, limit: MOST_OF_TELEGRAM }),
    telegramWay({ addresses, isMoving: ways.moving, hsToken: places.hsToken }),
  );
  app.use("/widget", (request, response) => toFirst(ways.all(), request, response));
  app.use(notFound, answerFailures(log));
  return createServer(app);
}

type Passed = { readonly request: Request; readonly response: Response; readonly body?: Buffer };

async function toOne({ shard, address }: Way, { request, response, body }: Passed, { metrics }: Pick<Ways, "metrics">) {
  await passOn(request, response, address, body).catch((cause: unknown) => {
    if (response.headersSent) return;
    metrics.countRefused(shard);
    throw new ApiFailure("SHARD_AWAY", { cause });
  });
}

/**
 * Asks the shard of the room that the body names; without one each in turn, until one does not refuse. Where all do,
 * the reason of the one whose it is counts, and where none says that it is its own, and one is away, it may be that
 * one's.
 */
function toWhoeverKnows(ways: Ways): RequestHandler {
  return async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const room = roomIn(body);
    if (room !== null) return toOne(ways.of(room), { request, response, body }, ways);
    const refusals: Refused[] = [];
    const away: { readonly shard: string; readonly cause: unknown }[] = [];
    for (const { shard, address } of ways.all()) {
      const answer = await answerOf(address, request, body).catch((cause: unknown) => {
        away.push({ shard, cause });
        return null;
      });
      if (answer?.refusal) refusals.push(refusedBy(answer.head, answer.refusal));
      else if (answer) return sendOn(answer.head, response);
    }
    if (ways.moving()) throw new ApiFailure("ROOM_MOVES");
    const [missing] = away;
    const [refused] = refusals.toSorted((one, other) => other.weight - one.weight);
    if (refused && (refused.weight > 0 || !missing)) return void headersOf(refused.answer, response).send(refused.body);
    if (missing) ways.metrics.countRefused(missing.shard);
    throw new ApiFailure("SHARD_AWAY", { cause: missing?.cause });
  };
}

/**
 * Refusal of a shard. `weight`: 2 where it knows what it is asked about, 1 where it did not look, 0 where it knows
 * nothing.
 */
type Refused = { readonly answer: Answer; readonly body: Buffer; readonly weight: 0 | 1 | 2 };
type Answer = Awaited<ReturnType<typeof fetch>>;
type Answered = { readonly head: Answer; readonly refusal: Buffer | null };

const errcodesOf = (...codes: readonly (keyof typeof API_ERRORS)[]): ReadonlySet<string> =>
  new Set(codes.map((code) => API_ERRORS[code].errcode));

/** Errors of a shard that knows nothing of a link, a chat or an archive: another one may. */
const KNOWS_NOTHING = errcodesOf("GUEST_LINK_OVER", "TELEGRAM_UNBOUND", "NO_SUCH_ARCHIVE", "LINK_USED", "NOTHING_HERE");
/** Errors of a shard that did not look whether it knows it. */
const DID_NOT_LOOK = errcodesOf("TOO_MUCH", "NOT_KEPT", "UNKNOWN");

function refusedBy(answer: Answer, body: Buffer): Refused {
  const told = ApiError.safeParse(jsonIn(body));
  const errcode = told.success ? told.data.errcode : null;
  const isUnknown = errcode === null || KNOWS_NOTHING.has(errcode);
  return { answer, body, weight: isUnknown ? 0 : DID_NOT_LOOK.has(errcode) ? 1 : 2 };
}

function headersOf(answer: Answer, response: Response): Response {
  response.status(answer.status);
  for (const name of ["content-type", "content-disposition", "set-cookie", "cache-control", "retry-after"]) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  return response;
}

/** Passes an answer on as it comes; what breaks off ends the connection. */
async function sendOn(answer: Answer, response: Response): Promise<void> {
  headersOf(answer, response);
  if (answer.body === null) return void response.end();
  await pipeline(answer.body, response).catch(() => {});
}

/** Answer of a shard as soon as it begins; where it refuses, with all that it says, for which nobody waits longer. */
async function answerOf(address: string, request: Request, body: Buffer): Promise<Answered> {
  const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, ...passed } = request.headers;
  const headers = Object.entries(passed).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  const late = new AbortController();
  const timer = startTimer(() => late.abort(), ANSWERS_WITHIN_MS);
  try {
    const head = await fetch(new URL(request.originalUrl, address), {
      method: request.method,
      headers: [...headers, ["x-forwarded-for", request.socket.remoteAddress ?? ""]] as [string, string][],
      ...(["GET", "HEAD"].includes(request.method) ? {} : { body: new Uint8Array(body) }),
      signal: late.signal,
    });
    return { head, refusal: head.ok ? null : Buffer.from(await head.arrayBuffer()) };
  } finally {
    clearTimer(timer);
  }
}

/**
 * Tells every shard: a webhook names a call, and the shards know whose it is. One that is away looks into its calls
 * when it is back.
 */
function toAll(ways: Ways, log: Logger): RequestHandler {
  return async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const answers = await Promise.all(
      ways.all().map(({ address }) =>
        answerOf(address, request, body)
          .then(async ({ head, refusal }) => {
            if (refusal === null) await head.body?.cancel();
            return head.status;
          })
          .catch(() => 503),
      ),
    );
    const refused = answers.find((status) => status === 401 || status === 403);
    if (refused === undefined && answers.includes(503)) log.warn("a webhook of LiveKit did not reach every shard");
    response.status(refused ?? 200).json({});
  };
}

/** Files that every shard has. */
async function toFirst(ways: readonly Way[], request: Request, response: Response): Promise<void> {
  for (const { address } of ways)
    try {
      return await passOn(request, response, address, Buffer.alloc(0));
    } catch (cause) {
      if (response.headersSent) return;
      if (address === ways.at(-1)?.address) throw new ApiFailure("SHARD_AWAY", { cause });
    }
}

function roomIn(body: Buffer): string | null {
  const named = Naming.safeParse(jsonIn(body));
  return named.success ? named.data.roomId : null;
}

const Naming = z.object({ roomId: z.string() });

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
