import type { Logger } from "pino";
import { answerOf, mayBeWritten } from "../circle/agreement.ts";
import type { Meetings } from "../journal/meetings.ts";
import { actorSeen } from "../protocol/actor.ts";
import { covers, type Shown } from "../protocol/agreement.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { CirclePlace } from "../protocol/place.ts";
import type { PurposeEvent } from "../purposes/event.ts";
import type { Purposes } from "../purposes/purposes.ts";
import type { Withdrawals } from "../store/withdrawals.ts";

type Deps = {
  readonly purposes: Pick<Purposes, "listen">;
  readonly meetings: Pick<Meetings, "of" | "send" | "placesIn">;
  readonly withdrawals: Pick<Withdrawals, "add">;
  /** Items that people of a room are shown before they say whether their words may be written down. */
  readonly asksIn: (room: RoomId) => Shown;
  readonly now: () => number;
  readonly log: Logger;
};

/**
 * Lets an answer on purposes count at once: in the meetings that go on, and beside the database, where an older one
 * that is put back cannot undo it. Sound has a withdrawal of its own.
 */
export function purposesReachTheMeeting(deps: Deps): void {
  deps.purposes.listen((room, event) => {
    if (event.purpose === "write") for (const place of deps.meetings.placesIn(room)) answerAt(place, event, deps);
    if (!event.given && event.purpose !== "sound") keepWithdrawal(room, event, deps);
  });
}

function answerAt(place: CirclePlace, { who, given, door }: PurposeEvent, { meetings, asksIn, now }: Deps): void {
  const meeting = meetings.of(place)?.meeting;
  if (!meeting?.agreement || meeting.phase === "ended") return;
  const takesPart = meeting.people.some(({ id, presence }) => id === who && presence !== "left");
  const counts = given
    ? takesPart && answerOf(meeting, who) === null && covers(asksIn(meeting.roomId), meeting.agreement.asks)
    : mayBeWritten(meeting, who);
  if (!counts) return;
  const actor = actorSeen(who, door ?? "service");
  const shown = meeting.agreement.asks;
  meetings.send(place, { type: "agree", agreed: given, shown, actor, expectedVersion: null, at: now() });
}

function keepWithdrawal(room: RoomId, { who, purpose, at }: PurposeEvent, { withdrawals, log }: Deps): void {
  try {
    withdrawals.add({ what: "purpose", purpose, room, who, at });
  } catch (error) {
    log.error(
      { err: error, room },
      "a withdrawal stands in the database alone: an older one that is put back would not know of it",
    );
  }
}
