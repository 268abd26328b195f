import { z } from "zod";

/** Path of a shard below which the router asks whose something is that Telegram brought. */
export const SHARD_TELEGRAM = "/shard/telegram";

const Chat = z.looseObject({ id: z.number().int() });
const Message = z.looseObject({ chat: Chat, text: z.string().optional() });

/** Parts of what Telegram tells that say whom it is for. */
export const ToldByTelegram = z.looseObject({
  message: Message.optional(),
  callback_query: z.looseObject({ message: Message.optional() }).optional(),
  my_chat_member: z.looseObject({ chat: Chat }).optional(),
});
export type ToldByTelegram = z.infer<typeof ToldByTelegram>;

/** `chat`: that in which it happened belongs to a room of the shard. `code`: one that was typed is of the shard. */
export const Concerned = z.object({ chat: z.boolean(), code: z.boolean() });
export type Concerned = z.infer<typeof Concerned>;

export const LeftChat = z.strictObject({ chat: z.number().int() });

/** Chat in which it happened; null: in none. */
export function chatIn({ message, callback_query: pressed, my_chat_member: member }: ToldByTelegram): number | null {
  return (message ?? pressed?.message ?? member)?.chat.id ?? null;
}
