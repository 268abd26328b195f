import { type Actor, TELEGRAM } from "../protocol/actor.ts";
import { formatTelegramId, type MeetingId, type RoomId } from "../protocol/identity.ts";
import type { TelegramAccount } from "../telegram/account.ts";
import type { TelegramConnection } from "../telegram/options.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

export type TelegramDoorways = {
  readonly connection: TelegramConnection;
  /** Address that opens a meeting in the Mini App; null: it would be too long for Telegram. */
  readonly urlOf: (room: RoomId, meeting: MeetingId) => string | null;
  /** Person whom an account of Telegram is, in a room. */
  readonly actorOf: (room: RoomId, user: number) => Promise<Actor>;
  readonly confirmLink: (code: string, who: TelegramAccount) => Promise<"told" | "unknown" | "untold">;
};

type TelegramDoorwaysDeps = Pick<Rooms, "admissions" | "telegram"> & Pick<Truth, "stores">;

/** Link from a chat to the circle; null where the configuration has no door to Telegram. */
export function telegramDoorways({ admissions, telegram, stores }: TelegramDoorwaysDeps): TelegramDoorways | null {
  if (!telegram) return null;
  const { connection, references, accountLinks } = telegram;
  return {
    connection,
    urlOf: (room, meeting) => {
      const reference = references.format({ room, meeting });
      return reference === null ? null : `https://t.me/${connection.bot}/${connection.app}?startapp=${reference}`;
    },
    actorOf: async (room, user) => {
      const own = formatTelegramId(user);
      const linked = stores.telegramLinks.of(own);
      const id = linked !== null && (await admissions.mayBeIn(room, linked)) ? linked : own;
      return admissions.actor(room, { id, issuer: TELEGRAM }, "chat");
    },
    confirmLink: (code, who) => accountLinks.confirmLink(code, who),
  };
}
