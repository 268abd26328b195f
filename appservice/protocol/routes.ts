import { ASSEMBLY_ROUTES } from "./routes/assembly.ts";
import { ROUTES_AT_ONCE } from "./routes/at-once.ts";
import { SESSION_ROUTES } from "./routes/session.ts";

/** Routes for all that can be asked of a room with a session for it, each by a name. */
export const ROOM_ROUTES = { ...ROUTES_AT_ONCE, ...ASSEMBLY_ROUTES };

/**
 * Routes for all that a person's widget can ask of the service. The service's router, the widget's client,
 * `docs/http-api.md` and `docs/openapi.json` are made from it.
 */
export const ROUTES = { ...SESSION_ROUTES, ...ROOM_ROUTES };
