import { Api, type ApiClientOptions } from "grammy";
import type { TelegramConnection } from "./options.ts";

/** Seconds within which Telegram is to answer anything: whoever waits for it keeps others waiting. */
export const ANSWERS_WITHIN_S = 30;
/** Seconds for which Telegram may hold the question of what happens, until something does. */
export const HOLDS_S = 20;

type Reached = Pick<TelegramConnection, "apiUrl" | "testEnvironment">;

/** Way to the Bot API; each call by it ends in time, whether or not it is answered. */
export function botApiClient({ apiUrl, testEnvironment }: Reached): ApiClientOptions {
  return {
    apiRoot: apiUrl,
    environment: testEnvironment ? "test" : "prod",
    timeoutSeconds: ANSWERS_WITHIN_S,
  };
}

/** The Bot API of one bot, of which nothing is tried again by itself. */
export function botApi({ token, ...reached }: Reached & Pick<TelegramConnection, "token">): Api {
  return new Api(token, botApiClient(reached));
}
