import { ACCOUNT_ROUTES } from "./account.ts";
import { AUDIO_ROUTES } from "./audio.ts";
import { GUEST_ROUTES } from "./guests.ts";
import { MEETING_ROUTES } from "./meeting.ts";
import { NUDGE_ROUTES } from "./nudges.ts";
import { OWN_DATA_ROUTES } from "./own-data.ts";
import { PURPOSE_ROUTES } from "./purposes.ts";
import { RECORD_ROUTES } from "./record.ts";
import { TASK_ROUTES } from "./tasks.ts";

/** Routes that a page in a room has at once; those of an assembly are fetched when there is one. */
export const ROUTES_AT_ONCE = {
  ...MEETING_ROUTES,
  ...RECORD_ROUTES,
  ...AUDIO_ROUTES,
  ...TASK_ROUTES,
  ...GUEST_ROUTES,
  ...PURPOSE_ROUTES,
  ...OWN_DATA_ROUTES,
  ...ACCOUNT_ROUTES,
  ...NUDGE_ROUTES,
};
