import { COURSE_STATE, MEETING_STATE } from "../../protocol/namespace.ts";
import { ofMeeting } from "../../journal/scope.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { StandingVersions } from "../../journal/standing-versions.ts";
import type { EventId, RoomId } from "../../protocol/identity.ts";
import type { Homeserver } from "../homeserver.ts";
import type { PastEvent } from "../homeserver-events.ts";
import type { Poster } from "../poster.ts";
import type { RoomEventOf } from "../room-event.ts";
import { nextTurn } from "../../time/time.ts";

/** Letters of a long text that the room's state has of it. */
const MOST_LETTERS = 60;

export type RedactedCommandDeps = {
  readonly meetings: Pick<Meetings, "withMessage" | "commandWords" | "takeBackCommand">;
  readonly inbox: Pick<Inbox, "handling">;
  readonly outbox: { readonly standing: Pick<StandingVersions, "goes"> };
  readonly poster: Pick<Poster, "wake">;
  readonly homeserver: Pick<Homeserver, "botId" | "past">;
  /** Settles the meeting's state in the room: resolves once it stands there as it should. */
  readonly stateSettled: (room: RoomId) => Promise<void>;
};

/**
 * Takes back the words of a command, for its writer or a moderator: a reason, a text, a theme or a topic goes from all
 * that was made of it, and from the states of the room that had it. The command itself stays done.
 */
export async function takeBackCommand(
  { event_id: eventId, room_id: room, sender }: RoomEventOf<"m.room.redaction">,
  redacted: EventId,
  { meetings, inbox, outbox, poster, homeserver, stateSettled }: RedactedCommandDeps,
): Promise<void> {
  const meeting = meetings.withMessage(room, redacted)?.meeting.id;
  const words = meeting === undefined ? [] : meetings.commandWords(meeting, redacted);
  if (meeting === undefined || words.length === 0) return;
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
  inbox.handling(eventId, () => {
    meetings.takeBackCommand(meeting, redacted, sender);
    takeAway(before);
  });
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
