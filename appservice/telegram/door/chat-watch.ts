import type { StillInChat } from "../../admission/telegram.ts";
import type { ParticipantId, RoomId } from "../../protocol/identity.ts";
import type { TelegramChats } from "../../store/telegram-chats.ts";
import type { TelegramPeople, TelegramPerson } from "../../store/telegram-people.ts";

/** `sits`: in the ring or the call; `looks`: has a page open; `away`: neither, and may come back as who they were. */
export type Here = "sits" | "looks" | "away";

export type ChatWatchDeps = {
  readonly chats: Pick<TelegramChats, "ofRoom">;
  readonly people: Pick<TelegramPeople, "rooms" | "within">;
  readonly stillInChat: StillInChat;
  readonly hereOf: (room: RoomId, who: ParticipantId) => Here;
};

/** Milliseconds between two rounds. */
export const WATCH_EVERY_MS = 4_000;

/**
 * Most people of whom one round asks: Telegram answers a bot some 30 times a second, and the bot has more to do. Those
 * who are away are asked about too, for whoever leaves the chat and comes back is not to see what was between.
 */
const MOST_A_ROUND: Readonly<Record<Here, number>> = { sits: 14, looks: 5, away: 1 };

/** Looks at whether people who came by the Mini App are still in the chat that belongs to the room. */
export class ChatWatch {
  readonly #deps: ChatWatchDeps;
  readonly #asked: Record<Here, number> = { sits: 0, looks: 0, away: 0 };

  constructor(deps: ChatWatchDeps) {
    this.#deps = deps;
  }

  /** One round; of many people the next ones in turn. */
  async look(): Promise<void> {
    const { chats, people, stillInChat, hereOf } = this.#deps;
    const all = people.rooms().flatMap((room) => people.within(room));
    const waiting: Record<Here, TelegramPerson[]> = { sits: [], looks: [], away: [] };
    // Without a chat nobody is asked, so all are seen at once.
    const unbound: TelegramPerson[] = [];
    for (const person of all)
      (chats.ofRoom(person.room) ? waiting[hereOf(person.room, person.id)] : unbound).push(person);
    const round = [
      ...unbound,
      ...this.#next("sits", waiting),
      ...this.#next("looks", waiting),
      ...this.#next("away", waiting),
    ];
    await Promise.all(round.map(({ room, id }) => stillInChat(room, id)));
  }

  #next(here: Here, waiting: Readonly<Record<Here, TelegramPerson[]>>): TelegramPerson[] {
    const [all, most] = [waiting[here], MOST_A_ROUND[here]];
    const from = all.length > 0 ? this.#asked[here] % all.length : 0;
    const next = [...all.slice(from), ...all.slice(0, from)].slice(0, most);
    this.#asked[here] = from + next.length;
    return next;
  }
}
