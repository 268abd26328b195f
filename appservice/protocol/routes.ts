import { ACCOUNT_ROUTES } from "./routes/account.ts";
import { ASSEMBLY_ROUTES } from "./routes/assembly.ts";
import { AUDIO_ROUTES } from "./routes/audio.ts";
import { GUEST_ROUTES } from "./routes/guests.ts";
import { MEETING_ROUTES } from "./routes/meeting.ts";
import { NUDGE_ROUTES } from "./routes/nudges.ts";
import { OWN_DATA_ROUTES } from "./routes/own-data.ts";
import { PURPOSE_ROUTES } from "./routes/purposes.ts";
import { RECORD_ROUTES } from "./routes/record.ts";
import { SESSION_ROUTES } from "./routes/session.ts";
import { TASK_ROUTES } from "./routes/tasks.ts";

/** Routes for all that can be asked of a room with a session for it, each by a name. */
export const ROOM_ROUTES = {
  ...MEETING_ROUTES,
  ...RECORD_ROUTES,
  ...AUDIO_ROUTES,
  ...TASK_ROUTES,
  ...GUEST_ROUTES,
  ...PURPOSE_ROUTES,
  ...OWN_DATA_ROUTES,
  ...ACCOUNT_ROUTES,
  ...NUDGE_ROUTES,
  ...ASSEMBLY_ROUTES,
};

/**
 * Routes for all that a person's widget can ask of the service. The service's router, the widget's client,
 * `docs/http-api.md` and `docs/openapi.json` are made from it.
 */
export const ROUTES = { ...SESSION_ROUTES, ...ROOM_ROUTES };
