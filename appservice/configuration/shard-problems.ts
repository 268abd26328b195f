import type { Config } from "./config.ts";
import type { Problem } from "./problems.ts";

/**
 * Settings that a shard cannot have: of several services with one bot, two that ask Telegram what happens take it from
 * one another.
 */
export function shardProblems(
  { service, telegram }: Pick<Partial<Config>, "service" | "telegram">,
  file: string,
): Problem[] {
  if (!service?.shard || !telegram) return [];
  const wrong = (key: string, problem: string, remedy: string): Problem => ({ file, key, problem, remedy });
  return [
    ...(telegram.webhook
      ? []
      : [
          wrong(
            "telegram.webhook",
            "several shards cannot ask Telegram what happens in the chats of one bot",
            "Set it to true: Telegram then brings it to the router.",
          ),
        ]),
    ...(service.shard.router
      ? []
      : [
          wrong(
            "service.shard.router",
            "is not named, and without it the router does not know whose a chat in Telegram is",
            "Name the router's address.",
          ),
        ]),
  ];
}
