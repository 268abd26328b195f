import { z } from "zod";
import { boundedText } from "../../protocol/bounded-text.ts";
import { timeLimit } from "../../time/time.ts";
import type { TelegramConnection } from "../options.ts";

/**
 * Whether somebody is in a chat. `gone`: the chat is, or the bot is out of it; `unknown`: Telegram does not say now.
 */
export type InChat = "in" | "out" | "gone" | "unknown";

export type Asked = {
  readonly is: InChat;
  /** The chat has become this one (a group that is a supergroup now). */
  readonly movedTo?: number;
  /** Nothing is to be asked for so long. */
  readonly waitMs?: number;
  /** Reason for the log, where Telegram does not say. */
  readonly why?: string;
};

export type AskInChat = (chat: number, user: number) => Promise<Asked>;

const Answer = z.union([
  z.object({
    ok: z.literal(true),
    result: z.object({ status: z.string(), is_member: z.boolean().optional() }),
  }),
  z.object({
    ok: z.literal(false),
    error_code: z.number(),
    description: z.string().default(""),
    parameters: z.object({ migrate_to_chat_id: z.number().optional(), retry_after: z.number().optional() }).default({}),
  }),
]);

const WITHIN_MS = 5_000;
const MOST_BYTES = 64_000;

/**
 * Asks the Bot API who is in a chat (`getChatMember`). Where the bot is no administrator there, Telegram need not know
 * of others.
 */
export function askTelegram({ token, apiUrl, testEnvironment }: TelegramConnection): AskInChat {
  const address = `${apiUrl}/bot${token}${testEnvironment ? "/test" : ""}/getChatMember`;
  return async (chat, user) => {
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ chat_id: chat, user_id: user }),
        signal: timeLimit(WITHIN_MS),
        redirect: "error",
      });
      return understood(Answer.parse(JSON.parse(await boundedText(response.body, MOST_BYTES))));
    } catch (error) {
      // The failure may name the address, in which the token stands.
      return { is: "unknown", why: error instanceof Error ? error.name : "no answer" };
    }
  };
}

/** Statuses of `ChatMember` in which somebody is there. */
const THERE = ["creator", "administrator", "member"];

function understood(answer: z.infer<typeof Answer>): Asked {
  if (answer.ok) {
    const { status, is_member: stays = false } = answer.result;
    return { is: THERE.includes(status) || (status === "restricted" && stays) ? "in" : "out" };
  }
  const { error_code: code, description, parameters } = answer;
  const { migrate_to_chat_id: movedTo, retry_after: seconds } = parameters;
  if (movedTo !== undefined) return { is: "unknown", movedTo };
  if (seconds !== undefined) return { is: "unknown", waitMs: seconds * 1000, why: description };
  if (code === 403 || /chat not found|group chat was deactivated/i.test(description)) return { is: "gone" };
  if (code === 400 && /user not found|participant_id_invalid|member not found|user_id_invalid/i.test(description))
    return { is: "out" };
  return { is: "unknown", why: `${code} ${description}` };
}
