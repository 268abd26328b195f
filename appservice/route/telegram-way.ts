import type { Request, RequestHandler, Response } from "express";
import { ApiFailure } from "../http/api-failure.ts";
import { timeLimit } from "../time/time.ts";
import { passOn } from "./pass-on.ts";
import { chatIn, Concerned, SHARD_TELEGRAM, ToldByTelegram } from "./telegram-door.ts";

/** Path at which Telegram brings what happens, as the shards know it. */
export const TELEGRAM_BRINGS = "/telegram/webhook";

export type TelegramWayDeps = {
  readonly addresses: () => readonly string[];
  /** True while a room is being moved, whose chat nobody answers for. */
  readonly isMoving: () => boolean;
  readonly hsToken: string;
};

const ANSWERS_WITHIN_MS = 5_000;
const NOBODYS: Concerned = { chat: false, code: false };

/**
 * Passes what Telegram brings to the shard of the room to which its chat belongs, or whose code was typed. What is
 * nobody's, any shard answers. Where one cannot say whether it is theirs, Telegram is asked to bring it again.
 */
export function telegramWay({ addresses, isMoving, hsToken }: TelegramWayDeps): RequestHandler {
  const ask = async (address: string, path: string, body: string) => {
    const answer = await fetch(new URL(`${SHARD_TELEGRAM}/${path}`, address), {
      method: "POST",
      headers: { authorization: `Bearer ${hsToken}`, "content-type": "application/json" },
      body,
      signal: timeLimit(ANSWERS_WITHIN_MS),
    });
    // A shard without a router in its configuration, or without Telegram, has no such door.
    if (answer.status === 404) return NOBODYS;
    if (!answer.ok) throw new Error(`the shard answered ${answer.status}`);
    return Concerned.catch(NOBODYS).parse(await answer.json());
  };
  const pass = async (request: Request, response: Response, address: string, body: Buffer) => {
    await passOn(request, response, address, body).catch((cause: unknown) => {
      if (!response.headersSent) throw new ApiFailure("SHARD_AWAY", { cause });
    });
  };

  return async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const text = body.toString("utf8");
    const told = toldIn(text);
    if (!told) throw new ApiFailure("BAD_BODY");
    const all = await Promise.all(
      addresses().map(async (address) => ({ address, of: await ask(address, "concerned", text).catch(() => null) })),
    );
    const [coder, owner] = [all.find(({ of }) => of?.code), all.find(({ of }) => of?.chat)];
    const present = coder ?? owner;
    if (!present && isMoving()) throw new ApiFailure("ROOM_MOVES");
    if (!present && all.some(({ of }) => of === null)) throw new ApiFailure("SHARD_AWAY");
    const to = present ?? all[0];
    if (!to) throw new ApiFailure("SHARD_AWAY");
    await pass(request, response, to.address, body);
    const chat = chatIn(told);
    if (!coder || chat === null || !owner || owner.address === coder.address) return;
    // The chat belongs to a room of the other shard now, unless it was not to be.
    const now = await ask(coder.address, "concerned", text).catch(() => NOBODYS);
    if (now.chat) await ask(owner.address, "left", JSON.stringify({ chat })).catch(() => {}); // it hears nothing of the chat any more
  };
}

function toldIn(text: string): ToldByTelegram | null {
  try {
    return ToldByTelegram.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
