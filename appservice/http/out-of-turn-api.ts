import type { Meetings } from "../journal/meetings.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { may } from "../protocol/rights.ts";
import type { ROUTES } from "../protocol/routes.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler } from "./bind.ts";

export type OutOfTurnDeps = {
  readonly meetings: Meetings;
  readonly room: { readonly isModerator: (room: RoomId, who: ParticipantId) => Promise<boolean> };
};

/** Whose microphone was closed because the word was another's: a hint for whoever keeps the meeting, and nobody else's business. */
export function outOfTurn({ meetings, room: rooms }: OutOfTurnDeps): Handler<typeof ROUTES.outOfTurn> {
  return async ({ asking: { room, who } }) => {
    const live = meetings.of(room);
    const moderates = await rooms.isModerator(room, who);
    const holder = { id: who, door: "widget", rights: { admitted: true, moderates } } as const;
    if (!may("see-out-of-turn", holder, live?.meeting ?? null))
      throw new ApiFailure("FORBIDDEN", {
        sentence: "Only the keeper of the meeting or a moderator of the room can see this.",
      });
    const people = [...(live?.record.outOfTurn ?? [])].map(([person, { times, at }]) => ({ who: person, times, at }));
    return { people: people.sort((one, other) => one.at - other.at) };
  };
}
