import { createServer, type Server } from "node:http";
import express, { type Request, type RequestHandler, type Response } from "express";
import type { Logger } from "pino";
import { ApiFailure, answerFailures, notFound } from "../http/api-failure.ts";
import { onlyHomeserver } from "../http/appservice-api.ts";
import { onlyPlainPaths } from "../http/exact.ts";
import { Transaction } from "../protocol/routes/outside.ts";
import { APPSERVICE } from "../protocol/routes/outside.ts";
import { timeLimit } from "../time/time.ts";
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

/** Server of the router: the homeserver's, LiveKit's and people's requests come here, and go to the shard of their room. */
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
  // Its sender shows by a code alone whom it is for, or names a room in the body; a shard that does not know the code changes nothing.
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

/** Asks the shard of the room that the body names; without one each in turn, until one does not refuse. */
function toWhoeverKnows(ways: Ways): RequestHandler {
  return async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const passed = { request, response, body };
    const room = roomIn(body);
    if (room !== null) return toOne(ways.of(room), passed, ways);
    const all = ways.all();
    for (const { address } of ways.moving() ? all : all.slice(0, -1))
      if (await knows(address, request, body, response)) return;
    if (ways.moving()) throw new ApiFailure("ROOM_MOVES");
    const last = all.at(-1);
    if (last) await toOne(last, passed, ways);
  };
}

/** Asks a shard, and passes its answer on where it is no refusal. */
async function knows(address: string, request: Request, body: Buffer, response: Response): Promise<boolean> {
  try {
    const answer = await asked(address, request, body);
    if (!answer.ok) return false;
    response.status(answer.status);
    for (const name of ["content-type", "content-disposition", "set-cookie", "cache-control"]) {
      const value = answer.headers.get(name);
      if (value !== null) response.setHeader(name, value);
    }
    response.send(Buffer.from(await answer.arrayBuffer()));
    return true;
  } catch {
    return false;
  }
}

function asked(address: string, request: Request, body: Buffer): ReturnType<typeof fetch> {
  const { host: _, connection: __, "content-length": ___, "transfer-encoding": ____, ...passed } = request.headers;
  const headers = Object.entries(passed).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return fetch(new URL(request.originalUrl, address), {
    method: request.method,
    headers: [...headers, ["x-forwarded-for", request.socket.remoteAddress ?? ""]] as [string, string][],
    ...(["GET", "HEAD"].includes(request.method) ? {} : { body: new Uint8Array(body) }),
    signal: timeLimit(ANSWERS_WITHIN_MS),
  });
}

/** Tells every shard: a webhook names a call, and the shards know whose it is. One that is away looks into its calls when it is back. */
function toAll(ways: Ways, log: Logger): RequestHandler {
  return async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const answers = await Promise.all(
      ways.all().map(({ address }) =>
        asked(address, request, body)
          .then((answer) => answer.status)
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
  try {
    const { roomId } = JSON.parse(body.toString("utf8")) as { roomId?: unknown };
    return typeof roomId === "string" ? roomId : null;
  } catch {
    return null;
  }
}
