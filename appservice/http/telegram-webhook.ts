import express, { type RequestHandler, Router } from "express";

/** Path at which Telegram brings what happens, where the configuration says so. */
export const TELEGRAM_WEBHOOK = "/telegram/webhook";

/** A message of Telegram's with all that can hang on it. */
const MOST = "512kb";

/** Telegram's side of the service. `receive` answers 401 to whoever does not know the secret. */
export function telegramWebhook(receive: RequestHandler): Router {
  return Router().post(TELEGRAM_WEBHOOK, express.json({ limit: MOST }), receive);
}
