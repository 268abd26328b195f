import { TelegramSession, TelegramSessionRequest } from "../telegram.ts";
import { route } from "./route.ts";

/**
 * The door of a Telegram Mini App: launch data of Telegram for a session of ours. Apart from the others, since no other
 * page asks by it.
 */
export const TELEGRAM_ROUTES = {
  openTelegramSession: route({
    method: "POST",
    path: "/api/v1/session/telegram",
    access: "device",
    body: { schema: TelegramSessionRequest, otherwise: "A session is asked for with the launch data of a Mini App." },
    answer: TelegramSession,
    errors: [
      "NOTHING_HERE",
      "NOT_IN_ROOM",
      "BOT_ABSENT",
      "ENCRYPTED_ROOM",
      "TELEGRAM_FORGED",
      "TELEGRAM_DOUBLED",
      "TELEGRAM_OLD",
      "TELEGRAM_REPLAYED",
      "TELEGRAM_REFERENCE",
      "TELEGRAM_MEETING_OVER",
      "TELEGRAM_EARLY",
      "TELEGRAM_NOT_IN_CHAT",
      "TELEGRAM_OTHER_CHAT",
      "TELEGRAM_UNBOUND",
      "TELEGRAM_AWAY",
      "GUEST_TURNED_AWAY",
    ],
  }),
};
