import type { ParticipantId } from "../protocol/identity.ts";
import type { RoomChange } from "./room-past.ts";

/** Sight of a room's past that one person has who is in it now. */
export type Sight = {
  readonly at: (moment: number) => boolean;
  /** Sight of a stretch of time; without `to` it lasts still. */
  readonly during: (from: number, to: number | null) => "all" | "some" | "nothing";
};

export const SEES_ALL: Sight = { at: () => true, during: () => "all" };

export const SEES_NOTHING: Sight = { at: () => false, during: () => "nothing" };

/** Sight since a moment, where it cannot be known what was before: nothing of it. */
export function sightSince(since: number): Sight {
  return sightBy((moment) => moment >= since, [since]);
}

/**
 * Sight as the homeserver shows a room's history (Client-Server API, "Room history visibility"): the visibility at the
 * time of an event decides, not the present one. The person who asks is in the room, so that `shared` shows them
 * everything.
 */
export function sightOf(changes: readonly RoomChange[], who: ParticipantId): Sight {
  const visibilities = changes.filter((change) => change.who === null);
  const memberships = changes.filter((change) => change.who === who);
  const at = (moment: number) => {
    const membership = valueAt(memberships, moment) ?? "leave";
    if (membership === "join") return true;
    switch (valueAt(visibilities, moment) ?? "shared") {
      case "world_readable":
      case "shared":
        return true;
      case "invited":
        return membership === "invite";
      default:
        return false;
    }
  };
  return sightBy(
    at,
    changes.map((change) => change.at),
  );
}

function sightBy(at: Sight["at"], turns: readonly number[]): Sight {
  return {
    at,
    during(from, to) {
      const between = turns.filter((turn) => turn > from && (to === null || turn <= to));
      const seen = [from, ...between].map(at);
      return seen.every(Boolean) ? "all" : seen.some(Boolean) ? "some" : "nothing";
    },
  };
}

function valueAt(changes: readonly RoomChange[], moment: number): string | undefined {
  return changes.findLast(({ at }) => at <= moment)?.value;
}
