import { ofRoom } from "../../journal/scope.ts";
import { translateTo } from "../../language/translate.ts";
import { MEETING_STATE } from "../../protocol/namespace.ts";
import type { Inbox } from "../../journal/inbox.ts";
import type { Meetings } from "../../journal/meetings.ts";
import type { Outbox } from "../../journal/outbox.ts";
import type { Language, RoomId } from "../../protocol/identity.ts";
import type { Homeserver } from "../homeserver.ts";
import { notice } from "../messages/message.ts";
import type { Poster } from "../poster.ts";
import type { CallEvent } from "../room-event.ts";
import type { RoomFacts } from "../room-facts.ts";
import { isTooOld } from "../too-old.ts";

export type OwnCallDeps = {
  readonly facts: Pick<RoomFacts, "maySetState">;
  readonly homeserver: Pick<Homeserver, "botId">;
  readonly inbox: Pick<Inbox, "handling">;
  readonly meetings: Pick<Meetings, "of">;
  readonly outbox: Pick<Outbox, "isKnown" | "want">;
  readonly poster: Pick<Poster, "wake">;
  readonly languageOf: (room: RoomId) => Language;
  readonly wallClock: () => number;
};

/**
 * Tells people where the circle is when somebody has begun a call of their client's own beside it: once for each
 * meeting, and once where none has gathered. People who join that call later are told nothing.
 */
export async function noticeCall(event: CallEvent, deps: OwnCallDeps): Promise<void> {
  const { facts, homeserver, inbox, meetings, outbox, poster, languageOf, wallClock } = deps;
  const room = event.room_id;
  if (event.sender === homeserver.botId || !isOn(event) || isTooOld(event, wallClock)) return;
  // A bot that lacks the power has put up no widget to point to.
  if (!(await facts.maySetState(room, homeserver.botId, MEETING_STATE))) return;
  const meeting = meetings.of(room)?.meeting;
  const key = { kind: "own-call", meeting: meeting && meeting.phase !== "ended" ? meeting.id : null } as const;
  const scope = ofRoom(room);
  if (outbox.isKnown(scope, key)) return;
  const content = notice([translateTo(languageOf(room))("room.own-call")]);
  inbox.handling(event.event_id, () =>
    outbox.want([{ scope, key, room, thread: null, type: "m.room.message", content }]),
  );
  poster.wake(room);
}

/**
 * True while somebody is in the call. A person who leaves it leaves an empty membership behind; older clients end the
 * call, or list nobody.
 */
function isOn({ content }: CallEvent): boolean {
  const { memberships } = content;
  return (
    Object.keys(content).length > 0 &&
    content["m.terminated"] === undefined &&
    !(Array.isArray(memberships) && memberships.length === 0)
  );
}
