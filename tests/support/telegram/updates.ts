import type { Update } from "grammy/types";
import { TelegramFailure } from "./failure.ts";
import type { Request } from "./requests.ts";

type News = Omit<Update, "update_id">;

/** What the bot is still to hear: asked for by long polling, or brought to its webhook. */
export class Updates {
  webhook: { readonly url: string; readonly secret: string | null } | null = null;
  #queue: Update[] = [];
  #next = 1_000;
  #wanted: readonly string[] | null = null;
  #poller: { readonly wake: () => void; readonly putOut: () => void } | null = null;
  #bringing = false;
  #stopped = false;

  waiting(): number {
    return this.#queue.length;
  }

  add(kind: keyof News, news: News): void {
    // Told only to bots that ask for it by name.
    if (kind === "chat_member" && !this.#wanted?.includes(kind)) return;
    if (this.#wanted !== null && this.#wanted.length > 0 && !this.#wanted.includes(kind)) return;
    this.#queue.push({ update_id: this.#next++, ...news });
    this.#poller?.wake();
    void this.#bring();
  }

  async poll({ offset, limit = 100, timeout = 0, allowed_updates }: Request<"getUpdates">): Promise<Update[]> {
    if (this.webhook)
      throw new TelegramFailure(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    if (allowed_updates) this.#wanted = allowed_updates;
    this.#poller?.putOut();
    if (offset !== undefined) this.#queue = this.#queue.filter(({ update_id }) => update_id >= offset);
    if (this.#queue.length === 0 && timeout > 0) await this.#more(timeout);
    return this.#queue.slice(0, limit);
  }

  setWebhook(url: string, secret: string | null): true {
    this.webhook = url === "" ? null : { url, secret };
    void this.#bring();
    return true;
  }

  stop(): void {
    this.#stopped = true;
    this.#poller?.wake();
  }

  #more(seconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const over = () => {
        clearTimeout(timer);
        this.#poller = null;
      };
      const timer = setTimeout(() => {
        over();
        resolve();
      }, seconds * 1000);
      const other = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
      this.#poller = {
        wake: () => {
          over();
          resolve();
        },
        putOut: () => {
          over();
          reject(new TelegramFailure(409, other));
        },
      };
    });
  }

  /** One after another, and each until it is taken. */
  async #bring(): Promise<void> {
    if (this.#bringing) return;
    this.#bringing = true;
    while (this.webhook && this.#queue.length > 0 && !this.#stopped) {
      const [update] = this.#queue;
      const secret = this.webhook.secret;
      const headers = {
        "Content-Type": "application/json",
        ...(secret === null ? {} : { "X-Telegram-Bot-Api-Secret-Token": secret }),
      };
      const taken = await fetch(this.webhook.url, { method: "POST", headers, body: JSON.stringify(update) }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (taken) this.#queue.shift();
      // Brings it again a moment later, as Telegram does.
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
    this.#bringing = false;
  }
}
