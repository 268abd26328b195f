import type { Router } from "express";
import { answerOf } from "../circle/agreement.ts";
import type { Meetings } from "../journal/meetings.ts";
import { type AgreementRequest, type AgreementResponse, covers, type Shown } from "../protocol/agreement.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Refusal } from "../protocol/refusal.ts";
import { refused } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import type { FindVisitor } from "./visitor.ts";

export type AgreementApi = {
  readonly meetings: Meetings;
  readonly now: () => number;
  /** What people are shown before they say whether their words may be written down; null: nobody is asked. */
  readonly asks: Shown | null;
  readonly refusalText: (refusal: Refusal, room: RoomId) => string;
};

/** What is to be shown to whoever asks, before they say whether their words may be written down. */
export function agreementApi(visitor: FindVisitor, parts: AgreementApi): Router {
  const router = exactRouter();

  router.get("/rooms/:room/agreement", async (request, response) => {
    const { room, who } = await visitor(request);
    response.json(responseFor(room, who, parts));
  });

  return router;
}

export function agree(said: AgreementRequest, room: RoomId, by: ParticipantId, parts: AgreementApi): void {
  const decision = parts.meetings.send(room, {
    type: "agree",
    ...said,
    by,
    moderator: false,
    at: parts.now(),
    from: "widget",
    expectedVersion: null,
  });
  if (!decision.accepted) throw refused(decision.refusal, room, parts);
}

/** Whoever joins has to have been shown what is asked by then. */
export function refuseIfChanged({ agreed, shown }: AgreementRequest, room: RoomId, parts: AgreementApi): void {
  const asks = asksIn(room, parts);
  if (agreed && asks && !covers(shown, asks)) throw refused({ code: "shown-changed", detail: {} }, room, parts);
}

function responseFor(room: RoomId, who: ParticipantId, parts: AgreementApi): AgreementResponse {
  const meeting = parts.meetings.of(room)?.meeting;
  return { shown: asksIn(room, parts), agreed: meeting && meeting.phase !== "ended" ? answerOf(meeting, who) : null };
}

/** In the meeting that runs, or in the next. */
function asksIn(room: RoomId, { meetings, asks }: AgreementApi): Shown | null {
  const meeting = meetings.of(room)?.meeting;
  return meeting && meeting.phase !== "ended" ? (meeting.agreement?.asks ?? null) : asks;
}
