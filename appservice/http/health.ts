import type { Router } from "express";
import type { Registry } from "prom-client";
import { HEALTH_ROUTES } from "../protocol/routes/outside.ts";
import { bind, NO_VISITOR, WithStatus } from "./bind.ts";

export type Health = {
  readonly registry: Registry;
  /** Names of parts that are not ready yet; empty when the service can do its work. */
  readonly missing: () => readonly string[];
};

/** `/healthz`: the process answers. `/ready`: it can do its work. `/metrics`: figures for Prometheus. */
export function health({ registry, missing }: Health): Router {
  return bind(
    HEALTH_ROUTES,
    {
      alive: () => ({ status: "ok" as const }),
      ready: () => {
        const waitingFor = [...missing()];
        const ready = waitingFor.length === 0;
        return new WithStatus(ready ? 200 : 503, { ready, waitingFor });
      },
      metrics: async () => ({ text: await registry.metrics(), type: registry.contentType }),
    },
    NO_VISITOR,
    "",
  );
}
