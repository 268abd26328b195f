import type { Router } from "express";
import type { Registry } from "prom-client";
import { OUTSIDE_ROUTES } from "../protocol/routes/outside.ts";
import { exactRouter } from "./exact.ts";

export type Health = {
  readonly registry: Registry;
  /** Names of parts that are not ready yet; empty when the service can do its work. */
  readonly missing: () => readonly string[];
};

/** `/healthz`: the process answers. `/ready`: it can do its work. `/metrics`: figures for Prometheus. */
export function health({ registry, missing }: Health): Router {
  const router = exactRouter();
  router.get(OUTSIDE_ROUTES.alive.path, (_, response) => {
    response.json({ status: "ok" });
  });
  router.get(OUTSIDE_ROUTES.ready.path, (_, response) => {
    const waitingFor = missing();
    response.status(waitingFor.length === 0 ? 200 : 503).json({ ready: waitingFor.length === 0, waitingFor });
  });
  router.get(OUTSIDE_ROUTES.metrics.path, async (_, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
