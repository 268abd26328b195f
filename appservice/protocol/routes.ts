import { AUDIO_ROUTES } from "./routes/audio.ts";
import { MEETING_ROUTES } from "./routes/meeting.ts";
import { RECORD_ROUTES } from "./routes/record.ts";
import { SESSION_ROUTES } from "./routes/session.ts";
import { TASK_ROUTES } from "./routes/tasks.ts";

/**
 * Everything that a person's widget can ask of the service, each by a name. The service's router, the widget's client, the tests'
 * clients, `docs/http-api.md` and `docs/openapi.json` are made from it; the paths stand nowhere else.
 */
export const ROUTES = {
  ...SESSION_ROUTES,
  ...MEETING_ROUTES,
  ...RECORD_ROUTES,
  ...AUDIO_ROUTES,
  ...TASK_ROUTES,
};
