import type { Router } from "express";
import type { Meetings } from "../journal/meetings.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { OutOfTurnResponse } from "../protocol/out-of-turn.ts";
import { may } from "../protocol/rights.ts";
import { forbidden } from "./api-failure.ts";
import { exactRouter } from "./exact.ts";
import type { FindVisitor } from "./visitor.ts";

export type OutOfTurnApi = {
  readonly meetings: Meetings;
  readonly room: { readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean> };
};

/** Whose microphone was closed because the word was another's: a hint for whoever keeps the meeting, and nobody else's business. */
export function outOfTurnApi(visitor: FindVisitor, { meetings, room: rooms }: OutOfTurnApi): Router {
  const router = exactRouter();
  router.get("/rooms/:room/out-of-turn", async (request, response) => {
    const { room, who } = await visitor(request);
    const live = meetings.of(room);
    const moderates = await rooms.isModerator(room, who);
    const asking = { id: who, door: "widget", rights: { admitted: true, moderates } } as const;
    if (!may("see-out-of-turn", asking, live?.meeting ?? null))
      throw forbidden("Only the keeper of the meeting or a moderator of the room can see this.");
    const people = [...(live?.record.outOfTurn ?? [])].map(([person, { times, at }]) => ({ who: person, times, at }));
    const body: OutOfTurnResponse = { people: people.sort((one, other) => one.at - other.at) };
    response.json(body);
  });
  return router;
}
