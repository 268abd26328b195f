import { GrammyError, HttpError } from "grammy";
import { z } from "zod";
import type { ChatLost } from "../../store/telegram-chats.ts";

/** What a failure of the Bot API means for what was asked. */
export type TelegramVerdict =
  /** Not done: ask again after so long. */
  | { readonly is: "wait"; readonly ms: number }
  /** The group has become another chat. */
  | { readonly is: "moved"; readonly to: number }
  /** Nothing can be written there any more. */
  | { readonly is: "lost"; readonly why: ChatLost }
  /** It stands so already. */
  | { readonly is: "unchanged" }
  | { readonly is: "no-message" }
  /** Members may send words there, and no pictures. */
  | { readonly is: "no-pictures" }
  /** Telegram lets nobody delete it, as an old message. */
  | { readonly is: "kept" }
  /** A picture stands there, and no text that could be edited. */
  | { readonly is: "picture" }
  | { readonly is: "no-topic" }
  /** The chat has no topics, or the bot may make none. */
  | { readonly is: "no-forum" }
  /** It is Telegram's last word on this one request. */
  | { readonly is: "unfit" }
  /** `done`: it may have been done all the same. */
  | { readonly is: "away"; readonly done: "no" | "perhaps" };

const PUT_OUT: TelegramVerdict = { is: "lost", why: "bot-put-out" };

/** What Telegram says in words alone, and what it means. */
const IN_WORDS: readonly (readonly [RegExp, TelegramVerdict])[] = [
  [/message is not modified/, { is: "unchanged" }],
  [/message to (edit|delete) not found|message can't be edited|MESSAGE_ID_INVALID/, { is: "no-message" }],
  [/message can't be deleted/, { is: "kept" }],
  [/there is no text in the message to edit/, { is: "picture" }],
  [/message thread not found|TOPIC_(DELETED|CLOSED)/, { is: "no-topic" }],
  [/not a forum|not enough rights to create a topic/, { is: "no-forum" }],
  [/chat not found|chat was deleted|PEER_ID_INVALID/, { is: "lost", why: "deleted" }],
  [/not enough rights to send (?!text messages)\w|CHAT_SEND_(PHOTOS|MEDIA)_FORBIDDEN/, { is: "no-pictures" }],
  [/have no rights to send|not enough rights to send|CHAT_(WRITE|SEND_PLAIN)_FORBIDDEN/, PUT_OUT],
];

/** Failures of the network after which nothing can have reached Telegram. */
const NOT_REACHED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const WithCode = z.object({ code: z.string() });

/** Tells whether that which failed may have been done all the same. */
export function mayBeDone(error: unknown): boolean {
  const verdict = verdictOn(error);
  return verdict.is === "away" && verdict.done === "perhaps";
}

/** Reads a failure of a request; throws on what is none of the Bot API's. */
export function verdictOn(error: unknown): TelegramVerdict {
  if (error instanceof HttpError) {
    const code = WithCode.safeParse(error.error).data?.code;
    return { is: "away", done: code !== undefined && NOT_REACHED.has(code) ? "no" : "perhaps" };
  }
  if (!(error instanceof GrammyError)) throw error;
  const { error_code: code, description, parameters } = error;
  if (parameters.migrate_to_chat_id !== undefined) return { is: "moved", to: parameters.migrate_to_chat_id };
  if (parameters.retry_after !== undefined) return { is: "wait", ms: parameters.retry_after * 1000 };
  const [, found] = IN_WORDS.find(([words]) => words.test(description)) ?? [];
  if (found) return found;
  if (code === 403) return PUT_OUT;
  // A token that is refused is put right by whoever runs the service; what waits goes on waiting.
  if (code === 401 || code === 404) return { is: "away", done: "no" };
  if (code >= 500) return { is: "away", done: "perhaps" };
  return { is: "unfit" };
}
