import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { withoutEnd } from "../protocol/without-end.ts";

/** A bot's token, as BotFather tells it: the bot's id, a colon, and its secret. */
const BOT_TOKEN = /^(\d{1,20}):[\w-]{20,}$/;

/** The section `telegram` of the configuration. */
export const TelegramOptions = z
  .strictObject({
    token: z
      .string()
      .regex(BOT_TOKEN, "must be a bot's token, such as 123456:AAbb…")
      .optional()
      .describe("The bot's token, as BotFather tells it; better kept in a file"),
    tokenFile: z.string().min(1).optional().describe("A file that holds the token, instead of token"),
    bot: z
      .string()
      .regex(/^\w{5,32}$/, "must be the bot's username without the @")
      .describe("The bot's username, without the @"),
    app: z
      .string()
      .regex(/^\w{3,30}$/, "must be the Mini App's short name, as BotFather was told it by /newapp")
      .describe("The short name of its Mini App: the last part of t.me/BOT/APP"),
    apiUrl: z
      .url({ protocol: /^https?$/, error: "must be an address that begins with https:// or http://" })
      .transform((url) => withoutEnd(url, /\//))
      .default("https://api.telegram.org")
      .describe("Where the Bot API is reached, if not at Telegram"),
    testEnvironment: z
      .boolean()
      .default(false)
      .describe("The bot is one of Telegram's test environment, which has people, keys and paths of its own"),
    proof: z
      .enum(["token", "signature"])
      .default("token")
      .describe(
        "By what it is checked who opens the Mini App. token: a key made of the bot's token; signature: Telegram's own (Ed25519), which who steals the token cannot forge, and clients from before 2025 do not send",
      ),
    webhook: z
      .boolean()
      .default(false)
      .describe("Have Telegram send what happens to publicUrl; otherwise the service asks for it"),
  })
  .refine(({ token, tokenFile }) => [token, tokenFile].filter((each) => each !== undefined).length === 1, {
    path: ["token"],
    message: "give either token or tokenFile",
    when: ({ value }) => typeof value === "object" && value !== null,
  });
export type TelegramOptions = z.infer<typeof TelegramOptions>;

export type TelegramConnection = Omit<TelegramOptions, "token" | "tokenFile"> & {
  readonly token: string;
  /** The bot's id, which stands in its token. */
  readonly botId: number;
};

/** Reads the file that the section names; its path counts from `folder`. Throws an error that names the key. */
export function telegramConnection(
  { token: given, tokenFile, ...options }: TelegramOptions,
  folder: string,
): TelegramConnection {
  const token = given ?? readFileSync(resolve(folder, tokenFile ?? ""), "utf8").trim();
  const id = BOT_TOKEN.exec(token)?.[1];
  if (id === undefined) throw new Error("telegram.tokenFile holds no bot's token, such as 123456:AAbb…");
  return { ...options, token, botId: Number(id) };
}
