import { type LiveKit, livekitAt } from "../call/livekit.ts";
import type { LiveKitConnection } from "../call/options.ts";
import { type Hire, hireThread } from "../elsewhere/elsewhere.ts";
import { listen } from "../http/server.ts";
import { serviceMetrics } from "../http/service-metrics.ts";
import { readLexicons } from "../configuration/lexicons.ts";
import { readAssemblies, readScenarios } from "../configuration/scenarios.ts";
import { loadPlugins } from "../minutes/registry.ts";
import type { Plugin } from "../minutes/plugin.ts";
import { openStores } from "../stores.ts";
import { type Scribe, startScribe } from "../scribe/scribe.ts";

/**
 * Parts outside the service's own thread, and what is read or counted once a process. A simulated run puts its own in
 * their place.
 */
export type Outside = {
  readonly livekit: (connection: LiveKitConnection) => LiveKit;
  readonly startScribe: (...given: Parameters<typeof startScribe>) => Scribe;
  readonly hire: Hire;
  readonly listen: typeof listen;
  readonly openStores: typeof openStores;
  readonly loadPlugins: () => Promise<Plugin[]>;
  readonly metrics: typeof serviceMetrics;
  readonly readLexicons: typeof readLexicons;
  readonly readScenarios: typeof readScenarios;
  readonly readAssemblies: typeof readAssemblies;
};

export const OUTSIDE: Outside = {
  livekit: livekitAt,
  startScribe,
  hire: hireThread,
  listen,
  openStores,
  loadPlugins,
  metrics: serviceMetrics,
  readLexicons,
  readScenarios,
  readAssemblies,
};
