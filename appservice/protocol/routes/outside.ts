import { z } from "zod";
import { route } from "./route.ts";

/** Prefix of the homeserver's requests, given by the Application Service API. */
export const APPSERVICE = "/_matrix/app/v1";

/** Events as they come; each is parsed for itself, so that one that is malformed costs no other. */
export const Transaction = z.object({ events: z.array(z.unknown()).max(1_000) });

const Empty = z.object({});
const Nobody = z.never();

/** Routes for the homeserver, below `APPSERVICE`. */
export const HOMESERVER_ROUTES = {
  transaction: route({
    method: "PUT",
    path: "/_matrix/app/v1/transactions/:transaction",
    access: "homeserver",
    params: { transaction: { schema: z.string(), otherwise: "NOTHING_HERE" } },
    body: { schema: Transaction, otherwise: "A transaction holds a list of events." },
    answer: Empty,
  }),
  ping: route({ method: "POST", path: "/_matrix/app/v1/ping", access: "homeserver", answer: Empty }),
  userOnDemand: route({
    method: "GET",
    path: "/_matrix/app/v1/users/:user",
    access: "homeserver",
    params: { user: { schema: z.string(), otherwise: "NOBODY_ON_DEMAND" } },
    answer: Nobody,
    errors: ["NOBODY_ON_DEMAND"],
  }),
  roomOnDemand: route({
    method: "GET",
    path: "/_matrix/app/v1/rooms/:alias",
    access: "homeserver",
    params: { alias: { schema: z.string(), otherwise: "NOBODY_ON_DEMAND" } },
    answer: Nobody,
    errors: ["NOBODY_ON_DEMAND"],
  }),
};

/** Routes for LiveKit. */
export const LIVEKIT_ROUTES = {
  livekitWebhook: route({
    method: "POST",
    path: "/livekit/webhook",
    access: "livekit",
    body: { media: "application/webhook+json" },
    answer: Empty,
  }),
};

/** Routes for whoever runs the service. */
export const HEALTH_ROUTES = {
  alive: route({ method: "GET", path: "/healthz", access: "none", answer: z.object({ status: z.literal("ok") }) }),
  ready: route({
    method: "GET",
    path: "/ready",
    access: "none",
    answer: z.object({ ready: z.boolean(), waitingFor: z.array(z.string()) }),
    statuses: [200, 503],
  }),
  metrics: route({ method: "GET", path: "/metrics", access: "none", answer: { media: "text/plain" } }),
};

/** Doors for the servers beside the service, and for whoever runs it. */
export const OUTSIDE_ROUTES = { ...HOMESERVER_ROUTES, ...LIVEKIT_ROUTES, ...HEALTH_ROUTES };
