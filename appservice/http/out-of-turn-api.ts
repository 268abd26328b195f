import type { Meetings } from "../journal/meetings.ts";
import { may } from "../protocol/rights.ts";
import { ROUTES } from "../protocol/routes.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handler } from "./bind.ts";

export type OutOfTurnDeps = { readonly meetings: Meetings };

/**
 * People whose microphone was closed because the word was another's: a hint for the keeper of the meeting, and nobody
 * else's business.
 */
export function outOfTurn({ meetings }: OutOfTurnDeps): Handler<typeof ROUTES.outOfTurn> {
  return ({ asking: { actor, place } }) => {
    const live = meetings.of(place);
    if (!may(ROUTES.outOfTurn.right, actor, live?.meeting ?? null))
      throw new ApiFailure("FORBIDDEN", {
        sentence: "Only the keeper of the meeting or a moderator of the room can see this.",
      });
    const people = [...(live?.record.outOfTurn ?? [])].map(([person, { times, at }]) => ({ who: person, times, at }));
    return { people: people.sort((one, other) => one.at - other.at) };
  };
}
