import { type Api, GrammyError } from "grammy";
import { botApi } from "../../telegram/bot-api.ts";
import { type TelegramConnection, telegramConnection } from "../../telegram/options.ts";
import { timeLimit } from "../../time/time.ts";
import { ANSWER_WITHIN_MS } from "../ask.ts";
import { type Finding, inOrder, notLookedAt, problem, reasonOf, warning } from "../finding.ts";
import type { DoctorLook } from "../look.ts";

/** The bot's account in Telegram. Nothing is written there. */
export const telegram: DoctorLook = {
  title: "Telegram",
  async look({ config, folder }) {
    if (!config.telegram) return [notLookedAt("It is not configured: there is no Mini App, and no bot in chats.")];
    return lookAtBot(telegramConnection(config.telegram, folder));
  },
};

type LookedAt = Pick<TelegramConnection, "token" | "apiUrl" | "testEnvironment"> & {
  /** Telegram is to bring what happens. */
  readonly webhook: boolean;
  /** Name that the bot is to have; null: any. */
  readonly bot: string | null;
};

/** Looks whether the token is a bot's, of that name, that may be added to groups and hears of what happens there. */
export async function lookAtBot({ token, apiUrl, testEnvironment, webhook, bot }: LookedAt): Promise<Finding[]> {
  const api = botApi({ token, apiUrl, testEnvironment });
  const signal = timeLimit(ANSWER_WITHIN_MS) as Parameters<Api["getMe"]>[0];
  try {
    const me = await api.getMe(signal);
    const hears = await api.getWebhookInfo(signal);
    return [
      bot === null || me.username.toLowerCase() === bot.toLowerCase()
        ? inOrder(`The token is that of @${me.username}.`)
        : problem(
            `The token is that of @${me.username}, and telegram.bot names another.`,
            `Write “bot: ${me.username}” into the section telegram, or put the right token into its file.`,
          ),
      me.can_join_groups
        ? inOrder("The bot can be added to groups.")
        : problem("The bot cannot be added to groups.", "Tell @BotFather: /setjoingroups, the bot, Enable."),
      hears.url === "" || webhook
        ? inOrder(hears.url === "" ? "The bot asks for what happens." : "Telegram brings what happens to the service.")
        : warning(
            "Telegram brings what happens to an address, as something else has asked it to.",
            "Where another program uses this bot, give Mindminder a bot of its own. Otherwise nothing needs doing: the service takes that back when it starts.",
          ),
    ];
  } catch (error) {
    if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404))
      return [
        problem(
          "Telegram does not know the token.",
          "Ask @BotFather for the bot's token (/mybots, the bot, API Token), and put it alone into the file that telegram.tokenFile names.",
        ),
      ];
    const reason = error instanceof GrammyError ? error.description : reasonOf(innermost(error));
    return [
      problem(
        `Telegram cannot be reached at ${apiUrl} (${reason}).`,
        "Look whether this machine may reach it. Meanwhile meetings go on, and what is to stand in chats waits.",
      ),
    ];
  }
}

/** The failure of the network itself: what stands around it may name the address, in which the token is. */
function innermost(error: unknown): unknown {
  return error instanceof Error && "error" in error ? error.error : error;
}
