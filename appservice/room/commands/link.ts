import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { asyncCommand, command } from "./command.ts";
import { allowed, type TelegramAccountsPort, type Uses } from "./context.ts";
import { type CommandOutcome, refused, say } from "./outcome.ts";

const TELEGRAM_WORDS = ["word.link.yes", "word.link.no", "word.link.off"] as const;
type TelegramWord = (typeof TELEGRAM_WORDS)[number];

/** A link for oneself, or an account of Telegram that is to be one's own. */
type LinkWish = { readonly to: "circle" } | { readonly to: "telegram"; readonly word: TelegramWord | null };

const Args = z.array(z.string()).transform(([to, typed, ...more], context): LinkWish => {
  if (to === undefined || meaningOf(to, ["word.link.telegram"]) === null) return { to: "circle" };
  const word = typed === undefined ? null : meaningOf(typed, TELEGRAM_WORDS);
  if (more.length === 0 && (typed === undefined || word !== null)) return { to: "telegram", word };
  context.addIssue("nothing that can be said of an account of Telegram");
  return z.NEVER;
});

export const link = asyncCommand({
  name: "link",
  group: "take-part",
  args: Args,
  run: async (wish, context: Uses<"actor" | "live" | "t" | "sendLink" | "telegramAccounts">) => {
    const { t, telegramAccounts } = context;
    if (!allowed("take-link", context)) return refused("not-in-room");
    if (wish.to === "circle") return say(t((await context.sendLink()) ? "link.sent" : "link.refused"));
    return telegramAccounts ? ofTelegram(wish.word, telegramAccounts, context) : say(t("telegram.link.none"));
  },
});

async function ofTelegram(
  word: TelegramWord | null,
  accounts: TelegramAccountsPort,
  { t }: Uses<"t">,
): Promise<CommandOutcome> {
  if (word === null) return say(t((await accounts.sendCode()) ? "telegram.link.sent" : "telegram.link.refused"));
  if (word === "word.link.off") return say(t("telegram.link.parted", { count: accounts.part() }));
  const yes = word === "word.link.yes";
  const name = accounts.decide(yes);
  if (name === null) return say(t("telegram.link.nobody"));
  return say(t(yes ? "telegram.link.joined" : "telegram.link.denied", { name }));
}

export const signout = command({
  name: "signout",
  group: "take-part",
  args: z.array(z.string()),
  run: (_, { t, signOut }: Uses<"t" | "signOut">) => {
    signOut();
    return say(t("sign-out.done"));
  },
});
