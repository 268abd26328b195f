import express, { type Router } from "express";
import type { KeptAudio } from "../journal/kept-audio.ts";
import { wellFormed } from "../protocol/well-formed.ts";
import { agreementApi } from "./agreement-api.ts";
import { audioApi } from "./audio-api.ts";
import { exactRouter } from "./exact.ts";
import { meetingApi, type MeetingApi } from "./meeting-api.ts";
import { outOfTurnApi } from "./out-of-turn-api.ts";
import { recordApi, type RecordApi } from "./record-api.ts";
import { sessionApi, type SessionApi } from "./session-api.ts";
import { tasksApi, type TasksApi } from "./tasks-api.ts";
import { findVisitor, meetingIn } from "./visitor.ts";

export type WidgetApi = SessionApi & MeetingApi & RecordApi & TasksApi & { readonly audio: KeptAudio };

/** A long summary in Russian takes some 80 kB. */
const BODY_LIMIT = "128kb";

/** What the widget asks of the service; the shapes are in `protocol/http-api.ts`. */
export function widgetApi(parts: WidgetApi): Router {
  const router = exactRouter();
  const visitor = findVisitor(parts);
  router.use(express.json({ limit: BODY_LIMIT, reviver: wellFormed }));
  router.use(sessionApi(parts));
  router.use(agreementApi(visitor, parts));
  router.use(meetingApi(visitor, parts));
  router.use(recordApi(visitor, parts));
  router.use(
    audioApi({ audio: parts.audio, visitor, meetingIn: (asking, id) => meetingIn(asking, id, parts.meetings) }),
  );
  router.use(outOfTurnApi(visitor, parts));
  router.use(tasksApi(visitor, parts));
  return router;
}
