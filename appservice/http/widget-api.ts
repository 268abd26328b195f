import express, { type Router } from "express";
import { ROUTES } from "../protocol/routes.ts";
import { ARCHIVE_ROUTES } from "../protocol/routes/archive.ts";
import { TELEGRAM_ROUTES } from "../protocol/routes/telegram.ts";
import { mended } from "../protocol/well-formed.ts";
import { type AccountApiDeps, accountHandlers } from "./account-api.ts";
import { type AssemblyDeps, assemblyHandlers } from "./assembly-api.ts";
import { type AssemblyRecordDeps, assemblyRecordHandlers } from "./assembly-record-api.ts";
import { audioHandlers, type AudioDeps } from "./audio-api.ts";
import { bind, NO_VISITOR } from "./bind.ts";
import { exactRouter } from "./exact.ts";
import { type GuestsDeps, guestHandlers } from "./guests-api.ts";
import { type MeetingDeps, meetingHandlers } from "./meeting-api.ts";
import { nudgeHandlers, type NudgesApiDeps } from "./nudges-api.ts";
import { type OwnDataApiDeps, archiveHandlers, ownDataHandlers } from "./own-data-api.ts";
import { type PurposesDeps, purposeHandlers } from "./purposes-api.ts";
import { type RecordDeps, recordHandlers } from "./record-api.ts";
import { type SessionDeps, sessionHandlers, telegramHandlers } from "./session-api.ts";
import { taskHandlers, type TasksDeps } from "./tasks-api.ts";
import { findVisitor, type VisitorDeps } from "./visitor.ts";

export type WidgetApiDeps = VisitorDeps &
  SessionDeps &
  MeetingDeps &
  RecordDeps &
  AssemblyDeps &
  AssemblyRecordDeps &
  AudioDeps &
  TasksDeps &
  GuestsDeps &
  PurposesDeps &
  NudgesApiDeps &
  OwnDataApiDeps &
  AccountApiDeps;

/** A long summary in Russian takes some 80 kB. */
const BODY_LIMIT = "128kb";

/** Router for all that the widget asks of the service, as `protocol/routes.ts` has it. */
export function widgetApi(deps: WidgetApiDeps): Router {
  const handlers = {
    ...sessionHandlers(deps),
    ...meetingHandlers(deps),
    ...recordHandlers(deps),
    ...audioHandlers(deps),
    ...taskHandlers(deps),
    ...guestHandlers(deps),
    ...purposeHandlers(deps),
    ...ownDataHandlers(deps),
    ...accountHandlers(deps),
    ...nudgeHandlers(deps),
    ...assemblyHandlers(deps),
    ...assemblyRecordHandlers(deps),
  };
  const router = exactRouter();
  router.use(express.json({ limit: BODY_LIMIT }), (request, _response, next) => {
    request.body = mended(request.body);
    next();
  });
  router.use(bind(ARCHIVE_ROUTES, archiveHandlers(deps), NO_VISITOR));
  router.use(bind(ROUTES, handlers, findVisitor(deps)));
  router.use(bind(TELEGRAM_ROUTES, telegramHandlers(deps), NO_VISITOR));
  return router;
}
