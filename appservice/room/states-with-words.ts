import { ofMeeting } from "../journal/scope.ts";
import type { StandingVersions } from "../journal/standing-versions.ts";
import { byTurns, eachOf, type Parts } from "../journal/parts-of-work.ts";
import type { EventId, MeetingId, RoomId } from "../protocol/identity.ts";
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
  readonly homeserver: Pick<Homeserver, "ownStates">;
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
  const written = words.map(asWritten);
  /** Newest state of each type that was looked at: those before it were, too. */
  const seen = new Map<string, EventId>();
  const holding = async () => {
    const found = await Promise.all(
      [MEETING_STATE, COURSE_STATE].map((type) => holdingOf({ room, type, written, seen }, homeserver)),
    );
    return found.flat();
  };
  const takeAway = (states: readonly EventId[]) => {
    for (const eventId of states)
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

type Looking = {
  readonly room: RoomId;
  readonly type: string;
  readonly written: readonly string[];
  readonly seen: Map<string, EventId>;
};

/**
 * States that hold words, of those that were not looked at yet. A room that is old has thousands: they are looked at a
 * few milliseconds at a time, and never all in memory.
 */
async function holdingOf(
  { room, type, written, seen }: Looking,
  homeserver: StatesWithWordsDeps["homeserver"],
): Promise<EventId[]> {
  const found: EventId[] = [];
  const last = seen.get(type);
  let newest: EventId | null = null;
  for await (const page of homeserver.ownStates(room, type)) {
    newest ??= page[0]?.event_id ?? null;
    const end = page.findIndex(({ event_id: id }) => id === last);
    found.push(...(await byTurns(holdingIn(end === -1 ? page : page.slice(0, end), written))));
    if (end !== -1) break;
    await nextTurn();
  }
  if (newest) seen.set(type, newest);
  return found;
}

function* holdingIn(page: readonly PastEvent[], written: readonly string[]): Parts<EventId[]> {
  const found: EventId[] = [];
  for (const { event_id: id, content, unsigned } of page) {
    // A homeserver says with each state what stood before it.
    const text = JSON.stringify([content, unsigned?.prev_content]);
    let holds = false;
    yield* eachOf(written, (words) => {
      holds ||= text.includes(words);
    });
    if (holds) found.push(id);
    yield;
  }
  return found;
}

/** Waits until the projection that follows a change has asked for its messages. */
async function nextProjection(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

function asWritten(words: string): string {
  return JSON.stringify([...words].slice(0, MOST_LETTERS).join("")).slice(1, -1);
}
