import { createServer, type Server } from "node:http";
import express, { type Router } from "express";
import type { Logger } from "pino";
import type { Histogram } from "prom-client";
import { ApiFailure, answerFailures, notFound } from "./api-failure.ts";
import { onlyPlainPaths } from "./exact.ts";
import { type LimitOptions, limits } from "./limits.ts";
import { requestLog } from "./request-log.ts";

export type Routes = {
  readonly appservice: Router;
  readonly widgetApi: Router;
  readonly widgetFiles: Router;
  readonly health: Router;
  /** LiveKit's webhooks come signed over their raw body. */
  readonly livekitWebhook: (body: string, authorization: string | undefined) => Promise<void>;
};

export type Listening = {
  readonly bind: string;
  readonly port: number;
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly limits: LimitOptions;
};

/** The service's one HTTP server. */
export function listen(routes: Routes, at: Listening, log: Logger, taken?: Histogram<string>): Promise<Server> {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.enable("case sensitive routing").enable("strict routing");
  app.set("trust proxy", at.trustedProxies);
  app.use(requestLog(taken), onlyPlainPaths);
  const { sessions, requests, failures } = limits(at.limits);
  app.use("/_matrix/app/v1", failures, routes.appservice);
  app.use("/api/v1/session", sessions);
  app.use("/api/v1", failures, requests, routes.widgetApi);
  app.use("/widget", routes.widgetFiles);
  app.post("/livekit/webhook", failures, express.text({ type: () => true, limit: "256kb" }), async (request, response) => {
    const body: unknown = request.body;
    await routes.livekitWebhook(typeof body === "string" ? body : "", request.headers.authorization).catch((cause: unknown) => {
      throw new ApiFailure(401, "M_FORBIDDEN", "This webhook is not signed by LiveKit.", { cause });
    });
    response.json({});
  });
  app.use(routes.health);
  app.use(notFound, answerFailures(log));

  const server = createServer(app);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.bind, () => resolve(server));
  });
}
