import type { Server } from "node:http";
import { pino } from "pino";
import { Registry } from "prom-client";
import { WebhookReceiver } from "livekit-server-sdk";
import { livekitConnection } from "../call/options.ts";
import { framers } from "../configuration/framers.ts";
import type { LoadedConfig } from "../configuration/load-config.ts";
import { ApiFailure } from "../http/api-failure.ts";
import { onlyHomeserver } from "../http/appservice-api.ts";
import { exactRouter } from "../http/exact.ts";
import { health } from "../http/health.ts";
import { listen } from "../http/server.ts";
import { widgetFiles } from "../http/widget-files.ts";
import { WIDGET_FOLDER } from "../http/widget-folder.ts";
import { ask } from "./ask.ts";
import { reasonOf } from "./finding.ts";
import { sleep, wallClock } from "../time/time.ts";

/** The server at which the homeserver, LiveKit and people's browsers reach us. */
export type OwnServer = {
  /** `running`: the service is up. `stand-in`: it is not, and the doctor answers in its place. */
  readonly kind: "running" | "stand-in" | "port-taken";
  /** Detail of `port-taken`. */
  readonly reason?: string;
  /** Begins to watch for LiveKit's webhooks; resolves to whether one has come within the time. */
  readonly expectWebhook: () => Promise<(withinMs: number) => Promise<boolean>>;
  readonly close: () => Promise<void>;
};

/** The service if it runs on its port; otherwise something that answers there as it would, and keeps nothing. */
export async function ownServer(loaded: LoadedConfig): Promise<OwnServer> {
  const { bind, port } = loaded.config.service;
  const address = `http://${bind === "0.0.0.0" || bind === "::" ? "127.0.0.1" : bind}:${port}`;
  if (await isRunning(address)) {
    return {
      kind: "running",
      expectWebhook: async () => countedSince(address, await webhooksAt(address)),
      close: async () => {},
    };
  }
  try {
    return await standIn(loaded);
  } catch (error) {
    return {
      kind: "port-taken",
      reason: reasonOf(error),
      expectWebhook: async () => async () => false,
      close: async () => {},
    };
  }
}

async function isRunning(address: string): Promise<boolean> {
  const answer = (await ask(`${address}/healthz`)
    .then((response) => response.json())
    .catch(() => null)) as { status?: unknown } | null;
  return answer?.status === "ok";
}

/** The count of the running service, by its own figures. */
async function webhooksAt(address: string): Promise<number> {
  const figures = await ask(`${address}/metrics`).then(
    (response) => response.text(),
    () => "",
  );
  return Number(/^mindminder_livekit_webhooks_total\{outcome="accepted"\} (\d+)$/m.exec(figures)?.[1] ?? 0);
}

function countedSince(address: string, before: number) {
  return async (withinMs: number): Promise<boolean> => {
    for (const until = wallClock() + withinMs; wallClock() < until; await sleep(200)) {
      if ((await webhooksAt(address)) > before) return true;
    }
    return false;
  };
}

async function standIn({ config, registration, folder }: LoadedConfig): Promise<OwnServer> {
  const { apiKey, apiSecret } = livekitConnection(config.livekit, folder);
  const webhooks = new WebhookReceiver(apiKey, apiSecret);
  const came = Promise.withResolvers<true>();
  const appservice = exactRouter();
  appservice.use(onlyHomeserver(registration.hs_token));
  appservice.post("/ping", (_, response) => {
    response.json({});
  });
  appservice.use(() => {
    // Events are the service's to take. The homeserver keeps them and sends them again.
    throw new ApiFailure("NOT_RUNNING");
  });
  const server: Server = await listen(
    {
      appservice,
      widgetApi: exactRouter(),
      widgetFiles: widgetFiles({
        folder: WIDGET_FOLDER,
        frameAncestors: framers(config),
        livekitUrl: config.livekit.url,
      }),
      health: health({ registry: new Registry(), missing: () => ["the service"] }),
      livekitWebhook: async (body, authorization) => {
        await webhooks.receive(body, authorization);
        came.resolve(true);
      },
    },
    config.service,
    pino({ level: "silent" }),
  );
  return {
    kind: "stand-in",
    expectWebhook: async () => async (withinMs) =>
      Promise.race([came.promise, sleep(withinMs, { ref: false }).then(() => false)]),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
