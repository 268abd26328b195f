import type { Config } from "./config.ts";

/** Page in which Telegram's clients for browsers show a Mini App. */
const TELEGRAM_WEB = "https://web.telegram.org";

/**
 * Origins that may show the widget in a frame: those of the configured clients, and Telegram's where people come from
 * there.
 */
export function framers({ service, telegram }: Pick<Config, "service" | "telegram">): readonly string[] {
  return telegram ? [...new Set([...service.frameAncestors, TELEGRAM_WEB])] : service.frameAncestors;
}
