import express, { type Router } from "express";
import { ApiFailure } from "../http/api-failure.ts";
import { onlyHomeserver } from "../http/appservice-api.ts";
import { exactRouter } from "../http/exact.ts";
import { type Concerned, LeftChat, SHARD_TELEGRAM, ToldByTelegram } from "../route/telegram-door.ts";

type Deps = {
  /** Tells whether something that Telegram brought is for a room of this shard. */
  readonly concerned: (told: ToldByTelegram) => Concerned;
  /** A chat belongs to a room of another shard now. */
  readonly left: (chat: number) => void;
};

/** A message of Telegram's with all that can hang on it. */
const MOST = "512kb";

/** Side of a shard on which the router asks whose something is that Telegram brought; both know the registration. */
export function telegramDoor({ concerned, left }: Deps, hsToken: string): Router {
  const router = exactRouter();
  router.use(SHARD_TELEGRAM, onlyHomeserver(hsToken), express.json({ limit: MOST }));
  router.post(`${SHARD_TELEGRAM}/concerned`, (request, response) => {
    const told = ToldByTelegram.safeParse(request.body);
    response.json(told.success ? concerned(told.data) : { chat: false, code: false });
  });
  router.post(`${SHARD_TELEGRAM}/left`, (request, response) => {
    const order = LeftChat.safeParse(request.body);
    if (!order.success) throw new ApiFailure("BAD_BODY");
    left(order.data.chat);
    response.json({});
  });
  return router;
}
