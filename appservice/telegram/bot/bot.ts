import { autoRetry } from "@grammyjs/auto-retry";
import { type Api, Bot, type Context, webhookCallback } from "grammy";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { insist } from "../../retry/insist.ts";
import { isStorageFailure } from "../../store/storage-guard.ts";
import { sleep } from "../../time/time.ts";
import type { TelegramAccount } from "../account.ts";
import { botApi, botApiClient, HOLDS_S } from "../bot-api.ts";
import type { TelegramConnection } from "../options.ts";

/** A message to the bot. */
export type SaidInTelegram = {
  readonly update: number;
  readonly chat: number;
  readonly isPrivate: boolean;
  readonly message: number;
  readonly from: TelegramAccount;
  /** They write in the name of the chat, as only its administrators may. */
  readonly asChat: boolean;
  readonly text: string;
};

export type PressedInTelegram = {
  readonly update: number;
  readonly chat: number;
  readonly message: number;
  readonly from: TelegramAccount;
  /** What the button tells. */
  readonly tells: string;
};

export type BotNews = {
  readonly said: (said: SaidInTelegram) => Promise<void>;
  /** Returns what the person who pressed is told. */
  readonly pressed: (pressed: PressedInTelegram) => Promise<string>;
  /** The bot may write in a chat, or may no longer. */
  readonly became: (chat: number, isThere: boolean) => Promise<void>;
  readonly moved: (from: number, to: number) => void;
};

const UPDATES = ["message", "callback_query", "my_chat_member"] as const;
const RETRY = { firstMs: 1_000, longestMs: 60_000 };
const LONGEST_TOAST = 200;
/** Telegram asks a bot to wait for minutes at times; an answer to a person is worth nothing by then. */
const AUTO_RETRY = {
  maxRetryAttempts: 3,
  maxDelaySeconds: 60,
  rethrowInternalServerErrors: true,
  rethrowHttpErrors: true,
};

export type TelegramBotDeps = {
  readonly connection: TelegramConnection;
  readonly news: BotNews;
  readonly log: Logger;
  /** Address and secret by which Telegram brings what happens; null: the bot asks for it. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
};

/** The bot's account in Telegram. */
export class TelegramBot {
  readonly bot: Bot;
  /** For the record, of which nothing is tried again by itself. */
  readonly record: Api;
  readonly #deps: TelegramBotDeps;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(deps: TelegramBotDeps) {
    this.#deps = deps;
    this.bot = new Bot(deps.connection.token, { client: botApiClient(deps.connection) });
    this.record = botApi(deps.connection);
    listen(this.bot, deps.news);
    this.bot.catch(({ error }) => {
      // What could not be kept is told again, once it can be.
      if (isStorageFailure(error)) throw error;
      deps.log.error({ err: error }, "something that was said in Telegram was not understood");
    });
  }

  /** Takes what Telegram brings; null where the bot asks for it. */
  receiver(): RequestHandler | null {
    const { webhook } = this.#deps;
    if (!webhook) return null;
    const take = webhookCallback(this.bot, "express", { secretToken: webhook.secret, onTimeout: "return" });
    return (request, response, next) => void Promise.resolve(take(request, response)).catch(next);
  }

  start(): void {
    const { log, webhook } = this.#deps;
    const allowed_updates = [...UPDATES];
    const run = async () => {
      if (!webhook) return this.bot.start({ allowed_updates, timeout: HOLDS_S });
      await this.bot.init(this.#stopping.signal as Parameters<Bot["init"]>[0]);
      await this.bot.api.setWebhook(webhook.url, { secret_token: webhook.secret, allowed_updates });
    };
    this.#running = insist(run, {
      pace: RETRY,
      signal: this.#stopping.signal,
      onFailure: (error, _, retryMs) =>
        log.warn({ err: error, retryMs }, "Telegram does not say what happens in its chats"),
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    // Telegram is told what was taken; where it is away, it tells of it again, and that is known.
    await Promise.race([
      Promise.all([this.bot.isRunning() ? this.bot.stop() : null, this.#running]),
      sleep(2_000),
    ]).catch(() => undefined);
  }
}

function listen(bot: Bot, news: BotNews): void {
  bot.api.config.use(autoRetry(AUTO_RETRY));
  bot.on("message:migrate_to_chat_id", ({ chat, message }) => news.moved(chat.id, message.migrate_to_chat_id));
  bot.on("message:text", async ({ update, chat, message, from }) => {
    await news.said({
      update: update.update_id,
      chat: chat.id,
      isPrivate: chat.type === "private",
      message: message.message_id,
      from: userOf(from),
      asChat: message.sender_chat?.id === chat.id,
      text: message.text,
    });
  });
  bot.on("callback_query:data", async (context) => {
    const { update, callbackQuery, from } = context;
    const { message, data } = callbackQuery;
    const pressed = { update: update.update_id, from: userOf(from), tells: data };
    const said = message ? await news.pressed({ ...pressed, chat: message.chat.id, message: message.message_id }) : "";
    // Waits for no answer: a press of long ago awaits none any more, and other people need not wait for it.
    void context.answerCallbackQuery({ text: said.slice(0, LONGEST_TOAST) }).catch(() => undefined);
  });
  bot.on("my_chat_member", async ({ chat, myChatMember }) => {
    const { status } = myChatMember.new_chat_member;
    await news.became(chat.id, status === "member" || status === "administrator");
  });
}

function userOf({
  id,
  first_name: firstName,
  last_name: lastName,
  username,
}: NonNullable<Context["from"]>): TelegramAccount {
  return { id, firstName, lastName, username };
}
