import { NudgeRequest, NudgesResponse } from "../nudges.ts";
import { route } from "./route.ts";

/** Notifications of the browser's by which somebody who looks elsewhere learns that they are next. */
export const NUDGE_ROUTES = {
  nudges: route({
    method: "GET",
    path: "/api/v1/rooms/:room/nudges",
    access: "session",
    guests: true,
    answer: NudgesResponse,
  }),
  changeNudges: route({
    method: "POST",
    path: "/api/v1/rooms/:room/nudges",
    access: "session",
    guests: true,
    body: { schema: NudgeRequest, otherwise: "This is no place at a push service, with its keys." },
    answer: NudgesResponse,
    errors: ["FORBIDDEN"],
  }),
};
