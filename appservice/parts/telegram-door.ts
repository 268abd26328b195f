import { placeOf } from "../journal/live-meeting.ts";
import type { PostKey } from "../journal/post-key.ts";
import { type Translate, translateTo } from "../language/translate.ts";
import { download, PICTURE_BYTES, shownPicture } from "../room/media.ts";
import type { Line } from "../room/messages/message.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { AccountLinks } from "../telegram/door/account-links.ts";
import { askTelegram } from "../telegram/door/ask-telegram.ts";
import { ChatPeople } from "../telegram/door/chat-people.ts";
import { TelegramDoor, type TelegramMark } from "../telegram/door/door.ts";
import { type LaunchKey, TELEGRAM_KEYS } from "../telegram/door/launch.ts";
import { askPictureAddress, ProfilePictures } from "../telegram/door/profile-pictures.ts";
import { References } from "../telegram/door/reference.ts";
import { askStillInChat } from "../telegram/door/still-in-chat.ts";
import { type TelegramConnection, telegramConnection } from "../telegram/options.ts";
import { wallClock } from "../time/time.ts";
import type { Ground } from "./ground.ts";
import { guestsMeeting, meetingsOn } from "./guests-meeting.ts";
import { sitsInRoom } from "./sits-in-room.ts";
import { tellWhoAsks } from "./tell-who-asks.ts";
import type { Truth } from "./truth.ts";

type TelegramDoorPartDeps = Ground &
  Pick<Truth, "stores" | "meetings" | "assemblies" | "languageOf"> & {
    readonly memberNames: (room: RoomId) => Promise<readonly string[]>;
    readonly isEncrypted: (room: RoomId) => Promise<boolean>;
    readonly say: (room: RoomId, key: PostKey, lines: readonly Line[]) => void;
    /** Tells somebody of Matrix alone. False where that cannot be done. */
    readonly tellPerson: (who: ParticipantId, what: string, lines: readonly Line[]) => Promise<boolean>;
  };

export type TelegramDoorPart = NonNullable<ReturnType<typeof createTelegramDoor>>;

/** The door by Telegram's Mini App; null where the configuration has none. */
export function createTelegramDoor(deps: TelegramDoorPartDeps) {
  const { loaded, log, now, news, stores, meetings, assemblies, languageOf, memberNames } = deps;
  const { isEncrypted, say, tellPerson } = deps;
  const { config, registration, folder } = loaded;
  if (!config.telegram) return null;
  const connection = telegramConnection(config.telegram, folder);
  const { telegramChats: chats, telegramPeople: people, telegramLinks: links } = stores;
  const references = new References(registration.as_token);
  const inChat = new ChatPeople({
    ask: askTelegram(connection),
    now,
    onMoved: (from, to) => chats.migrated(from, to),
    onSilent: (why) =>
      why === null
        ? log.info("Telegram says again who is in its chats")
        : log.warn(
            { why },
            "Telegram does not say who is in its chats: whoever is in a circle stays, and nobody new comes in",
          ),
  });
  const tellOf = (room: RoomId, who: ParticipantId, sentence: (t: Translate, name: string) => string) => {
    const meeting = guestsMeeting(room, deps)?.id;
    const name = people.find(room, who)?.shown ?? who;
    if (meeting) say(room, { kind: "telegram-person", meeting, who }, [sentence(translateTo(languageOf(room)), name)]);
  };
  const stillInChat = askStillInChat({
    chats,
    inChat,
    onGone: (room, who, why) => {
      if (!people.become(room, who, "left", now())) return;
      log.info({ room, who, why }, "somebody of Telegram is not in the room's chat any more, and so not in its circle");
      // Nobody in the room has missed whoever had nothing open there.
      if (sitsInRoom(room, who, deps) || stores.sessions.isOpen(who, room, now()))
        tellOf(room, who, (t, name) => t(`telegram.${why}`, { name }));
      for (const place of meetings.placesIn(room)) meetings.send(place, { type: "removed", who, at: now() });
      news.emit("left-room", room, who);
    },
  });
  const door = new TelegramDoor({
    key: keyOf(connection),
    references,
    chats,
    people,
    links,
    inChat,
    now,
    wallClock,
    openMeetings: (room) => meetingsOn(room, deps),
    memberNames,
    isEncrypted,
    shownName: (room, mark) => shownName(mark, translateTo(languageOf(room))),
    onEntered: (room, who, { title }) => tellOf(room, who, (t, name) => t("telegram.came", { name, title })),
  });
  const accountLinks = new AccountLinks({
    links,
    now,
    tellWhoAsks: (participant, asking) =>
      tellWhoAsks(participant, asking, { tellPerson, language: config.language, now }),
    onLinked: (telegram) => {
      news.emit("signed-out", telegram);
      for (const live of meetings.all()) meetings.send(placeOf(live), { type: "removed", who: telegram, at: now() });
      for (const { roomId } of assemblies.all()) assemblies.send(roomId, { type: "removed", who: telegram, at: now() });
    },
    onParted: (participant) => void news.emit("telegram-parted", participant),
  });
  const pictures = new ProfilePictures({
    addressOf: askPictureAddress(connection),
    load: async (address) => shownPicture(await download(address, null, PICTURE_BYTES)),
    now,
  });
  return { connection, references, stillInChat, door, accountLinks, tellOf, pictures };
}

function keyOf({ proof, token, botId, testEnvironment }: TelegramConnection): LaunchKey {
  if (proof === "token") return { by: "token", token };
  return { by: "signature", botId, key: TELEGRAM_KEYS[testEnvironment ? "test" : "production"] };
}

function shownName({ name, number, namesake }: TelegramMark, t: Translate): string {
  const key = namesake ? "telegram.namesake" : "telegram.name";
  return number === 1 ? t(key, { name }) : t(`${key}-again`, { name, number });
}
