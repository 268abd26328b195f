import type { AskInChat, InChat } from "./ask-telegram.ts";

export type ChatPeopleDeps = {
  readonly ask: AskInChat;
  readonly now: () => number;
  /** A group became a supergroup, under another number. */
  readonly onMoved: (from: number, to: number) => void;
  /** Telegram does not say who is in a chat, or says it again (null). */
  readonly onSilent: (why: string | null) => void;
};

/** Milliseconds that an answer is believed. */
const BELIEVED_MS = 3_000;

type Known = { readonly is: Promise<InChat>; readonly at: number };

/** Knowledge of who is in which chat, asked of Telegram and believed for a moment. */
export class ChatPeople {
  readonly #deps: ChatPeopleDeps;
  readonly #known = new Map<string, Known>();
  #quietUntil = 0;
  #silent = false;

  constructor(deps: ChatPeopleDeps) {
    this.#deps = deps;
  }

  /** Several who want to know of one person in the same moment ask once. */
  isIn(chat: number, user: number): Promise<InChat> {
    const now = this.#deps.now();
    const name = `${chat} ${user}`;
    const known = this.#known.get(name);
    if (known && now - known.at < BELIEVED_MS) return known.is;
    for (const [other, { at }] of this.#known) if (now - at >= BELIEVED_MS) this.#known.delete(other);
    const is = this.#ask(chat, user);
    this.#known.set(name, { is, at: now });
    return is;
  }

  async #ask(chat: number, user: number): Promise<InChat> {
    const { ask, now, onMoved, onSilent } = this.#deps;
    if (now() < this.#quietUntil) return "unknown";
    const asked = await ask(chat, user);
    if (asked.movedTo !== undefined) {
      onMoved(chat, asked.movedTo);
      return (await ask(asked.movedTo, user)).is;
    }
    if (asked.waitMs !== undefined) this.#quietUntil = now() + asked.waitMs;
    const silent = asked.is === "unknown";
    if (silent !== this.#silent) onSilent(silent ? (asked.why ?? "") : null);
    this.#silent = silent;
    return asked.is;
  }
}
