import type { Translate } from "../language/translate.ts";
import type { Meetings } from "../journal/meetings.ts";
import { isOfTelegram, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { TelegramPeople } from "../store/telegram-people.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "listen">;
  readonly telegramPeople: Pick<TelegramPeople, "become">;
  /** Null where the service has no door to Telegram. */
  readonly telegram: {
    readonly tellOf: (room: RoomId, who: ParticipantId, sentence: (t: Translate, name: string) => string) => void;
  } | null;
  readonly now: () => number;
};

/** Puts somebody of Telegram out for good whom the keeper takes out of the ring: seat, session and call, until the chat is bound anew. */
export function telegramPeoplePutOut({ news, meetings, telegramPeople, telegram, now }: Deps): void {
  meetings.listen(({ meeting: { roomId: room, people } }, happened) => {
    for (const { kind, event } of happened) {
      if (kind !== "circle" || event.type !== "person-left" || event.by === undefined) continue;
      const { who, by } = event;
      if (!isOfTelegram(who) || !telegramPeople.become(room, who, "out", now())) continue;
      const keeper = people.find(({ id }) => id === by)?.name ?? by;
      // The meeting hears of it in turn, once this has gone through.
      queueMicrotask(() => {
        telegram?.tellOf(room, who, (t, name) => t("telegram.put-out", { name, by: keeper }));
        news.emit("left-room", room, who);
      });
    }
  });
}
