import { translateTo } from "../../language/translate.ts";
import type { Language, RoomId } from "../../protocol/identity.ts";
import { endMeeting, type EndMeetingDeps } from "../end-meeting.ts";
import type { RoomEventOf } from "../room-event.ts";
import type { SayDeps } from "../say-in-room.ts";
import { sayClosed } from "./open-instead.ts";

export type EncryptionDeps = EndMeetingDeps &
  SayDeps & {
    readonly languageOf: (room: RoomId) => Language;
    /** Tells of an encrypted room whether the bot cannot take part in it. */
    readonly isClosed: (room: RoomId) => Promise<boolean>;
    /** Hears that a room is encrypted from now on, and the bot can take part in it. */
    readonly onEncrypted: (room: RoomId) => void;
  };

/**
 * Ends a running meeting where the bot has no keys for encrypted rooms: commands by chat are not understood any more,
 * and speech could only be written down unencrypted. With keys it goes on. Told once: later settings of how it encrypts
 * change nothing of that.
 */
export async function encryptionSwitchedOn(
  { room_id: room, event_id: event, unsigned }: RoomEventOf<"m.room.encryption">,
  deps: EncryptionDeps,
): Promise<void> {
  const isFirst = unsigned?.prev_content?.["algorithm"] === undefined;
  if (!(await deps.isClosed(room))) return isFirst ? deps.onEncrypted(room) : undefined;
  const runs = endMeeting(room, deps);
  if (!runs && !isFirst) return;
  const t = translateTo(deps.languageOf(room));
  sayClosed(room, { kind: "encrypted", event }, [t(runs ? "room.encrypted-in-meeting" : "greeting.encrypted")], deps);
}
