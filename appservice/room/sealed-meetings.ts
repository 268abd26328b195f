import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import { MeetingCourse } from "../circle/course.ts";
import { EventId, type RoomId } from "../protocol/identity.ts";
import { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { SEALED_MEETING } from "../protocol/namespace.ts";
import type { Homeserver } from "./homeserver.ts";
import { isForGood } from "./homeserver-failure.ts";
import type { RoomEncryption } from "./room-encryption.ts";

/** A meeting as an open room's state would hold it, and the message of its running circle, once that stands. */
export const SealedMeeting = z.object({
  snapshot: MeetingSnapshot,
  course: MeetingCourse.nullable(),
  root: EventId.nullable(),
});
export type SealedMeeting = z.infer<typeof SealedMeeting>;

const Kept = z.object({ sealed: z.base64() });

export type SealedMeetingsDeps = {
  readonly homeserver: Pick<Homeserver, "roomNote" | "setRoomNote">;
  readonly encryption: Pick<RoomEncryption, "works" | "sealText" | "openText"> | null;
  readonly log: Logger;
};

/**
 * Running meetings of encrypted rooms, for the day on which the database is lost. Room state is open, and after such a
 * loss the bot could not read what it has written itself. So each lies in the bot's own data at the homeserver, which
 * nobody else is shown, sealed by the key file; it goes when the meeting is over.
 */
export class SealedMeetings {
  readonly #deps: SealedMeetingsDeps;
  /** Digest of what lies there, by room; null where nothing does. */
  readonly #kept = new Map<RoomId, string | null>();

  constructor(deps: SealedMeetingsDeps) {
    this.#deps = deps;
  }

  /** Throws where trying again may help. */
  async keep(room: RoomId, meeting: SealedMeeting): Promise<void> {
    const { encryption } = this.#deps;
    if (!encryption?.works()) return;
    const text = JSON.stringify(meeting);
    const digest = createHash("sha256").update(text).digest("base64");
    if (this.#kept.get(room) === digest) return;
    await this.#set(room, { sealed: encryption.sealText(text, placeOf(room)) });
    this.#kept.set(room, digest);
  }

  /** Lets go of what lies there: the meeting is over. Throws where trying again may help. */
  async drop(room: RoomId): Promise<void> {
    if (!this.#deps.encryption || this.#kept.get(room) === null) return;
    await this.#set(room, {});
    this.#kept.set(room, null);
  }

  /** Null where nothing lies there that this key file opens. */
  async read(room: RoomId): Promise<SealedMeeting | null> {
    const { homeserver, encryption } = this.#deps;
    const kept = Kept.safeParse(await homeserver.roomNote(room, SEALED_MEETING)).data;
    const text = kept && encryption ? encryption.openText(kept.sealed, placeOf(room)) : null;
    return text === null ? null : (SealedMeeting.safeParse(JSON.parse(text)).data ?? null);
  }

  async #set(room: RoomId, note: object): Promise<void> {
    const { homeserver, log } = this.#deps;
    try {
      await homeserver.setRoomNote(room, SEALED_MEETING, note);
    } catch (error) {
      if (!isForGood(error)) throw error;
      log.warn({ room, err: error }, "the homeserver does not keep this meeting for a lost database");
    }
  }
}

const placeOf = (room: RoomId) => `meeting ${room}`;
