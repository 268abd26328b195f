import { ROUTES } from "../../appservice/protocol/routes.ts";
import { ASSEMBLY_ROUTES } from "../../appservice/protocol/routes/assembly.ts";
import { AUDIO_ROUTES } from "../../appservice/protocol/routes/audio.ts";
import { GUEST_ROUTES } from "../../appservice/protocol/routes/guests.ts";
import { MEETING_ROUTES } from "../../appservice/protocol/routes/meeting.ts";
import { OUTSIDE_ROUTES } from "../../appservice/protocol/routes/outside.ts";
import { ARCHIVE_ROUTES } from "../../appservice/protocol/routes/archive.ts";
import { ACCOUNT_ROUTES } from "../../appservice/protocol/routes/account.ts";
import { OWN_DATA_ROUTES } from "../../appservice/protocol/routes/own-data.ts";
import { PURPOSE_ROUTES } from "../../appservice/protocol/routes/purposes.ts";
import { RECORD_ROUTES } from "../../appservice/protocol/routes/record.ts";
import type { RouteTable } from "../../appservice/protocol/routes/route.ts";
import { SESSION_ROUTES } from "../../appservice/protocol/routes/session.ts";
import { TELEGRAM_ROUTES } from "../../appservice/protocol/routes/telegram.ts";
import { TASK_ROUTES } from "../../appservice/protocol/routes/tasks.ts";

export const EVERY_ROUTE = { ...ROUTES, ...ARCHIVE_ROUTES, ...TELEGRAM_ROUTES, ...OUTSIDE_ROUTES };
export type DocumentedRoute = keyof typeof EVERY_ROUTE;

/** Chapters of the page, and tags of the OpenAPI file. */
export const AREAS: readonly (readonly [title: string, routes: RouteTable])[] = [
  ["Sessions", { ...SESSION_ROUTES, ...TELEGRAM_ROUTES }],
  ["The meeting", MEETING_ROUTES],
  ["Many circles at once", ASSEMBLY_ROUTES],
  ["Guests", GUEST_ROUTES],
  ["The record", RECORD_ROUTES],
  ["Sound", AUDIO_ROUTES],
  ["Purposes", PURPOSE_ROUTES],
  ["One's own account", ACCOUNT_ROUTES],
  ["One's own data", { ...OWN_DATA_ROUTES, ...ARCHIVE_ROUTES }],
  ["Tasks", TASK_ROUTES],
  ["Servers and operation", OUTSIDE_ROUTES],
];
