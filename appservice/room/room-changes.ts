import type { RoomChange } from "../store/room-past.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import type { PastEvent } from "./homeserver-events.ts";
import { serverOf } from "./facts-from-state.ts";
import { membershipIn, visibilityIn } from "./state-values.ts";

type By = { readonly botId: ParticipantId; readonly now: number };

/**
 * A room's past as the homeserver tells it, each kind in its order, as changes with their times. When something
 * happened is its sender's server's word: another server's is not taken for an earlier time than what our own knew to
 * have happened before it.
 */
export function changesFrom(events: readonly PastEvent[], { botId, now }: By): RoomChange[] {
  const ours = serverOf(botId);
  const seen = new Set<ParticipantId | null>();
  let trusted = 0;
  return events.flatMap(
    ({ type, state_key: key, sender, content, event_id: eventId, origin_server_ts: sentAt, unsigned }) => {
      const who = type === "m.room.member" ? (key as ParticipantId) : null;
      const value = type === "m.room.member" ? membershipIn : visibilityIn;
      const at = Math.min(Math.max(sentAt, trusted), now);
      if (serverOf(sender) === ours) trusted = at;
      const before = unsigned?.prev_content;
      // The value that the oldest visible event replaced held before that event.
      const earlier: RoomChange[] =
        before === undefined || seen.has(who) ? [] : [{ at: 0, who, value: value(before), eventId: null }];
      seen.add(who);
      return [...earlier, { at, who, value: value(content), eventId }];
    },
  );
}
