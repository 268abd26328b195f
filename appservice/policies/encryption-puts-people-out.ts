import type { GuestDesk } from "../guests/guest-desk.ts";
import type { Translate } from "../language/translate.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import { sitsInRoom } from "../parts/sits-in-room.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { TelegramPeople } from "../store/telegram-people.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly desk: Pick<GuestDesk, "encrypted">;
  readonly meetings: Meetings;
  readonly assemblies: Assemblies;
  readonly telegramPeople: Pick<TelegramPeople, "within" | "become">;
  /** Null where the service has no door to Telegram. */
  readonly telegram: {
    readonly tellOf: (room: RoomId, who: ParticipantId, sentence: (t: Translate, name: string) => string) => void;
  } | null;
  readonly now: () => number;
};

/**
 * Puts out of a room that is encrypted in mid-meeting who has no device of Matrix: guests and people of Telegram get
 * no key of its call, so that they would sit there deaf and mute, and what is said there is not for them any more.
 */
export function encryptionPutsPeopleOut(deps: Deps): void {
  const { news, desk, meetings, assemblies, telegramPeople, telegram, now } = deps;
  news.on("encrypted", (room) => {
    for (const { id: who } of desk.encrypted(room)) assemblies.send(room, { type: "removed", who, at: now() });
    for (const { id: who } of telegramPeople.within(room)) {
      if (sitsInRoom(room, who, deps)) telegram?.tellOf(room, who, (t, name) => t("telegram.encrypted-out", { name }));
      telegramPeople.become(room, who, "left", now());
      assemblies.send(room, { type: "removed", who, at: now() });
      for (const place of meetings.placesIn(room)) meetings.send(place, { type: "removed", who, at: now() });
      news.emit("left-room", room, who);
    }
  });
}
