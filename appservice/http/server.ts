import { createServer, type Server } from "node:http";
import express, { type Router } from "express";
import type { Logger } from "pino";
import type { Histogram } from "prom-client";
import { ROUTES } from "../protocol/routes.ts";
import { APPSERVICE } from "../protocol/routes/outside.ts";
import { API, type Route } from "../protocol/routes/route.ts";
import { answerFailures, notFound } from "./api-failure.ts";
import { METHOD } from "./bind.ts";
import { onlyPlainPaths } from "./exact.ts";
import { fewConnections } from "./few-connections.ts";
import { inTurns } from "./in-turns.ts";
import { type Known, type LimitOptions, limits, NOBODY_KNOWN } from "./limits.ts";
import { livekitApi, type ReceiveWebhook } from "./livekit-api.ts";
import { requestLog } from "./request-log.ts";

export type Routes = {
  /** Proof by a token of who sends a request; left out: nobody is known. */
  readonly known?: Known;
  readonly appservice: Router;
  readonly widgetApi: Router;
  readonly widgetFiles: Router;
  readonly health: Router;
  /** LiveKit's webhooks come signed over their raw body. */
  readonly livekitWebhook: ReceiveWebhook;
  /** Takes what Telegram brings; left out: nothing is brought. */
  readonly telegramWebhook?: Router | null;
  /** Door by which a router moves rooms; left out: there is none. */
  readonly moves?: Router | null;
};

export type BindOptions = {
  readonly bind: string;
  readonly port: number;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly limits: LimitOptions;
  /** Time that a request may take to come in; for tests. */
  readonly patience?: Patience;
};

type Patience = { readonly headersMs: number; readonly requestMs: number; readonly lookEveryMs: number };

/** Longest times that a sender of half a request who falls silent holds a connection. */
const PATIENCE: Patience = { headersMs: 8_000, requestMs: 15_000, lookEveryMs: 2_000 };

/**
 * Time that a connection is kept for the next request. People press once in a minute or two, and a new connection costs
 * them a round trip or three before what they pressed is under way; proxies keep theirs for about as long.
 */
const IDLE_MS = 120_000;

/** Requests that take work to answer, each counted by the measure that its route names, whatever its method. */
const MEASURED = Object.values(ROUTES).flatMap(({ method, path, measure }: Route) =>
  measure ? [{ method: METHOD[method], path, measure }] : [],
);

/** The service's one HTTP server, listening. */
export function listen(...given: Parameters<typeof webServer>): Promise<Server> {
  const [, at] = given;
  const server = webServer(...given);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.bind, () => resolve(server));
  });
}

/** The same before it listens. */
export function webServer(
  routes: Routes,
  at: BindOptions,
  log: Logger,
  taken?: Histogram<string>,
  watch?: { readonly note: (what: string) => void },
): Server {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.enable("case sensitive routing").enable("strict routing");
  app.set("trust proxy", at.trustedProxies);
  app.use(requestLog(taken, watch), onlyPlainPaths);
  const limited = limits(at.limits, routes.known ?? NOBODY_KNOWN);
  app.use(APPSERVICE, limited.strangersToHomeserver, routes.appservice);
  app.use(`${API}/session`, limited.sessions);
  app.use(`${API}/guest`, limited.guests);
  app.use(`${API}/my-data`, limited.strangers);
  app.use(`${API}/rooms`, limited.strangers, limited.requests);
  for (const { method, path, measure } of MEASURED) app[method](path, limited[measure]);
  app.use(API, inTurns(), routes.widgetApi);
  app.use("/widget", routes.widgetFiles);
  app.use(livekitApi(routes.livekitWebhook, limited.refused), routes.health);
  if (routes.moves) app.use(routes.moves);
  if (routes.telegramWebhook) app.use(routes.telegramWebhook);
  app.use(notFound, answerFailures(log));

  const { headersMs, requestMs, lookEveryMs } = at.patience ?? PATIENCE;
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: lookEveryMs,
      keepAliveTimeout: IDLE_MS,
    },
    app,
  );
  fewConnections(server, app.get("trust proxy fn") as (address: string, hop: number) => boolean);
  return server;
}
