import { createServer, type Server } from "node:http";
import express, { type Router } from "express";
import type { Logger } from "pino";
import { ApiFailure, answerFailures, notFound } from "./api-failure.ts";

export type Routes = {
  readonly appservice: Router;
  readonly widgetApi: Router;
  readonly widgetFiles: Router;
  readonly health: Router;
  /** LiveKit's webhooks come signed over their raw body. */
  readonly livekitWebhook: (body: string, authorization: string | undefined) => Promise<void>;
};

/** The service's one HTTP server. */
export function listen(routes: Routes, at: { bind: string; port: number }, log: Logger): Promise<Server> {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.use("/_matrix/app/v1", routes.appservice);
  app.use("/api/v1", routes.widgetApi);
  app.use("/widget", routes.widgetFiles);
  app.post("/livekit/webhook", express.text({ type: () => true, limit: "256kb" }), async (request, response) => {
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
