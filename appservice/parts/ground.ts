import type { Logger } from "pino";
import type { LoadedConfig } from "../configuration/load-config.ts";
import type { ServiceMetrics } from "../http/service-metrics.ts";
import type { OwnRooms } from "../move/own-rooms.ts";
import type { News } from "../policies/news.ts";
import type { Outside } from "./outside.ts";

/**
 * Ground that every part stands on. `now`: milliseconds of a clock that is never set back. `own`: rooms that are this
 * service's.
 */
export type Ground = {
  readonly loaded: LoadedConfig;
  readonly log: Logger;
  readonly now: () => number;
  readonly own: OwnRooms;
  readonly metrics: ServiceMetrics;
  readonly news: News;
  readonly outside: Outside;
};
