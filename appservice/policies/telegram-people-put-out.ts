import type { NamedPerson } from "../assembly/assembly.ts";
import type { Translate } from "../language/translate.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import { isOfTelegram, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import type { TelegramPeople } from "../store/telegram-people.ts";
import { type NameInRoom, nameOfActor } from "./name-of-actor.ts";
import type { News } from "./news.ts";

type Deps = {
  readonly news: News;
  readonly meetings: Pick<Meetings, "listen">;
  readonly assemblies: Pick<Assemblies, "listen">;
  readonly telegramPeople: Pick<TelegramPeople, "become">;
  /** Null where the service has no door to Telegram. */
  readonly telegram: {
    readonly tellOf: (room: RoomId, who: ParticipantId, sentence: (t: Translate, name: string) => string) => void;
  } | null;
  readonly nameOf: NameInRoom;
  readonly now: () => number;
};

/**
 * Puts somebody of Telegram out for good whom the keeper takes out of the ring, of an assembly or of its gallery: seat,
 * session and call, until the chat is bound anew.
 */
export function telegramPeoplePutOut(deps: Deps): void {
  deps.meetings.listen(({ meeting: { roomId: room, people } }, happened) => {
    for (const { kind, event } of happened)
      if (kind === "circle" && event.type === "person-left") putOut(room, event.who, event.by ?? null, people, deps);
  });
  deps.assemblies.listen(({ roomId: room, members, actors }, happened) => {
    for (const event of happened)
      if (event.type === "member-left" || event.type === "listener-left")
        putOut(room, event.who, event.by, [...members, ...actors], deps);
  });
}

function putOut(
  room: RoomId,
  who: ParticipantId,
  by: ParticipantId | null,
  known: readonly NamedPerson[],
  { news, telegramPeople, telegram, nameOf, now }: Deps,
): void {
  if (by === null || !isOfTelegram(who) || !telegramPeople.become(room, who, "out", now())) return;
  // The meeting hears of it in turn, once this has gone through.
  queueMicrotask(() => news.emit("left-room", room, who));
  void nameOfActor(by, { known, room, nameOf }).then((keeper) =>
    telegram?.tellOf(room, who, (t, name) => t("telegram.put-out", { name, by: keeper })),
  );
}
