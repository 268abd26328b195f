import { ofMeeting } from "../journal/scope.ts";
import type { StandingVersions } from "../journal/standing-versions.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { COURSE_STATE, MEETING_STATE } from "../protocol/namespace.ts";
import { nextTurn } from "../time/time.ts";
import type { Homeserver } from "./homeserver.ts";
import type { PastEvent } from "./homeserver-events.ts";
import type { Poster } from "./poster.ts";

/** Letters of a long text that the room's state has of it. */
const MOST_LETTERS = 60;

export type StatesWithWordsDeps = {
  readonly outbox: { readonly standing: Pick<StandingVersions, "goes"> };
  readonly poster: Pick<Poster, "wake">;
  readonly homeserver: Pick<Homeserver, "botId" | "past">;
  /** Settles the meeting's state in the room: resolves once it stands there as it should. */
  readonly stateSettled: (room: RoomId) => Promise<void>;
};

/**
 * Takes words back by `work`, which gets to take away, with what it writes, the states of the room that hold them; and
 * takes away those that were under way meanwhile.
 */
export async function withoutStatesOf(
  { room, meeting, words }: { readonly room: RoomId; readonly meeting: MeetingId; readonly words: readonly string[] },
  work: (takeAway: () => void) => void | Promise<void>,
  { outbox, poster, homeserver, stateSettled }: StatesWithWordsDeps,
): Promise<void> {
  const holding = async () => {
    const states = (await Promise.all([MEETING_STATE, COURSE_STATE].map((type) => homeserver.past(room, type)))).flat();
    // A homeserver says with each state what stood before it.
    return states.filter(
      ({ sender: by, content, unsigned }) =>
        by === homeserver.botId &&
        words.some((each) => JSON.stringify([content, unsigned?.prev_content]).includes(asWritten(each))),
    );
  };
  const takeAway = (states: readonly PastEvent[]) => {
    for (const { event_id: eventId } of states)
      outbox.standing.goes({ eventId, room, scope: ofMeeting(meeting), key: { kind: "state" } });
  };
  const before = await holding();
  await work(() => takeAway(before));
  poster.wake(room);
  // Messages that were under way into the room had the words still.
  await nextProjection();
  await stateSettled(room);
  takeAway(await holding());
  poster.wake(room);
}

/** Waits until the projection that follows a change has asked for its messages. */
async function nextProjection(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

function asWritten(words: string): string {
  return JSON.stringify([...words].slice(0, MOST_LETTERS).join("")).slice(1, -1);
}
