import { ProofRefused } from "../../admission/proof-refused.ts";
import type { LetIn } from "../../admission/telegram.ts";
import { chosenName, looksLike, looksLikeAny } from "../../guests/guest-name.ts";
import {
  formatTelegramId,
  Language,
  type MeetingId,
  type ParticipantId,
  type RoomId,
} from "../../protocol/identity.ts";
import type { TelegramSessionRequest } from "../../protocol/telegram.ts";
import type { TelegramChat, TelegramChats } from "../../store/telegram-chats.ts";
import type { TelegramLinks } from "../../store/telegram-links.ts";
import type { TelegramPeople } from "../../store/telegram-people.ts";
import type { ChatPeople } from "./chat-people.ts";
import { type Launch, type LaunchKey, readLaunch } from "./launch.ts";
import type { Reference, References } from "./reference.ts";

/** A meeting of a room, or an assembly, to which one can come now. */
export type GatheredMeeting = {
  readonly id: MeetingId;
  readonly startedAt: number | null;
  readonly people: readonly { readonly id: ParticipantId; readonly name: string }[];
};

/** A name in Telegram and what marks it. `number`: their place among people of such a name. */
export type TelegramMark = { readonly name: string; readonly number: number; readonly namesake: boolean };

export type TelegramDoorDeps = {
  readonly key: LaunchKey;
  readonly references: References;
  readonly chats: Pick<TelegramChats, "ofRoom" | "isOpenedFrom" | "all">;
  readonly people: TelegramPeople;
  readonly links: Pick<TelegramLinks, "of">;
  readonly inChat: Pick<ChatPeople, "isIn">;
  readonly now: () => number;
  /** The machine's clock: Telegram's says when an app was opened. */
  readonly wallClock: () => number;
  /** The one that people come for first; none: nobody sits there yet, or the last meeting is over. */
  readonly openMeetings: (room: RoomId) => readonly GatheredMeeting[];
  readonly memberNames: (room: RoomId) => Promise<readonly string[]>;
  /** Telegram has no device of Matrix to which the keys of an encrypted room could be sent. */
  readonly isEncrypted: (room: RoomId) => Promise<boolean>;
  readonly shownName: (room: RoomId, mark: TelegramMark) => string;
  /** Tells the room who came in. */
  readonly onEntered: (room: RoomId, who: ParticipantId, chat: TelegramChat) => void;
};

/** The door of the Mini App: who opened it, from which chat, and to which meeting. */
export class TelegramDoor {
  readonly #deps: TelegramDoorDeps;

  constructor(deps: TelegramDoorDeps) {
    this.#deps = deps;
  }

  /** Throws `ProofRefused`. A launch that was refused is not used up. */
  async open({ initData, startParam }: TelegramSessionRequest): Promise<LetIn> {
    const { key, people, links, wallClock, isEncrypted } = this.#deps;
    const launch = readLaunch(initData, key, wallClock());
    if (people.wasLaunched(launch.digest)) throw new ProofRefused("TELEGRAM_REPLAYED");
    const reference = this.#referenceOf(launch, startParam);
    const { room } = reference;
    const chat = await this.#chatOf(room, launch);
    if (await isEncrypted(room)) throw new ProofRefused("ENCRYPTED_ROOM");
    const id = formatTelegramId(launch.user.id);
    const known = people.find(room, id);
    // Binding the chat anew lets those in again whom a keeper had put out.
    if (known?.state === "out" && known.at >= chat.boundAt) throw new ProofRefused("GUEST_TURNED_AWAY");
    const meeting = this.#meetingOf(reference);
    return {
      id,
      linked: links.of(id),
      room,
      language: Language.safeParse(launch.user.language_code?.split("-")[0]).data ?? null,
      take: () => {
        if (!people.takeLaunch(launch.digest, launch.worthlessAt)) throw new ProofRefused("TELEGRAM_REPLAYED");
      },
      enter: () => this.#enter(id, launch, { room, chat, meeting }),
    };
  }

  #referenceOf({ startParam: signed }: Launch, given: string | undefined): Reference {
    if (signed !== null && given !== undefined && signed !== given) throw new ProofRefused("TELEGRAM_FORGED");
    const reference = this.#deps.references.read(signed ?? given ?? "");
    if (!reference) throw new ProofRefused("TELEGRAM_REFERENCE");
    return reference;
  }

  /**
   * The room's chat, of which they are, and from which they came. The first of its people who opens the app from a
   * group tells its name.
   */
  async #chatOf(room: RoomId, { user, instance, fromGroup }: Launch): Promise<TelegramChat> {
    const { chats, inChat } = this.#deps;
    const bound = chats.ofRoom(room);
    if (!bound) throw new ProofRefused("TELEGRAM_UNBOUND");
    const is = await inChat.isIn(bound.chat, user.id);
    if (is === "unknown") throw new ProofRefused("TELEGRAM_AWAY");
    if (is === "gone") throw new ProofRefused("TELEGRAM_UNBOUND");
    if (is === "out") throw new ProofRefused("TELEGRAM_NOT_IN_CHAT");
    const others = chats.all().filter((each) => each.room !== bound.room);
    if (instance === null || !fromGroup || others.some((each) => each.instance === instance))
      throw new ProofRefused("TELEGRAM_OTHER_CHAT");
    if (!chats.isOpenedFrom(room, instance)) throw new ProofRefused("TELEGRAM_OTHER_CHAT");
    return bound;
  }

  #meetingOf({ room, meeting: wanted }: Reference): GatheredMeeting {
    const open = this.#deps.openMeetings(room);
    const found = wanted === null ? open[0] : open.find(({ id }) => id === wanted);
    if (!found) throw new ProofRefused(wanted === null ? "TELEGRAM_EARLY" : "TELEGRAM_MEETING_OVER");
    return found;
  }

  async #enter(id: ParticipantId, { user }: Launch, { room, chat, meeting }: Entered): Promise<void> {
    const { people, memberNames, now, onEntered } = this.#deps;
    const typed = `${user.first_name} ${user.last_name}`;
    const name = chosenName(typed) ?? chosenName(user.username ?? "") ?? "…";
    const sitting = meeting.people.filter((person) => person.id !== id && !people.find(room, person.id));
    const namesake = await looksLikeAny(name, [...(await memberNames(room)), ...sitting.map((person) => person.name)]);
    // Nothing is waited for from here on: of two of one name who come at once, each is told apart from the other.
    const wasIn = people.find(room, id)?.state === "in";
    const shown = this.#unlike(room, id, { name, namesake });
    people.enter({ id, room, name, shown, since: Math.min(meeting.startedAt ?? now(), now()) }, now());
    if (!wasIn) onEntered(room, id, chat);
  }

  /** Name as all will see it, told apart from those of others who came by this door. */
  #unlike(room: RoomId, id: ParticipantId, mark: Omit<TelegramMark, "number">): string {
    const { people, shownName } = this.#deps;
    const others = people.within(room).filter((each) => each.id !== id);
    const taken = new Set(others.map(({ shown }) => shown));
    let number = others.filter(({ name }) => looksLike(name, mark.name)).length + 1;
    while (taken.has(shownName(room, { ...mark, number }))) number += 1;
    return shownName(room, { ...mark, number });
  }
}

type Entered = { readonly room: RoomId; readonly chat: TelegramChat; readonly meeting: GatheredMeeting };
