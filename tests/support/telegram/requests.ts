import { z } from "zod";

/** Clients send forms as well as JSON: what is no text stands in a form as JSON. */
const asJson = <T extends z.ZodType>(schema: T) =>
  z.preprocess((given) => (typeof given === "string" ? jsonOr(given) : given), schema);

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const number = asJson(z.number().int());
const flag = asJson(z.boolean());
const text = z.string().min(1);
/** `web_app` buttons are for private chats alone, and stand here for none. */
const Button = z.union([
  z.strictObject({ text, url: z.url() }),
  z.strictObject({ text, callback_data: z.string().min(1).max(64) }),
]);
const Keyboard = z.strictObject({ inline_keyboard: z.array(z.array(Button)) });
const Markup = asJson(Keyboard).optional();
const Reply = asJson(
  z.strictObject({ message_id: z.number().int(), allow_sending_without_reply: z.boolean().optional() }),
).optional();
const ParseMode = z.literal("HTML").optional();
const Preview = asJson(z.strictObject({ is_disabled: z.boolean().optional() })).optional();

const toChat = {
  chat_id: number,
  message_thread_id: number.optional(),
  disable_notification: flag.optional(),
  reply_parameters: Reply,
  reply_markup: Markup,
  parse_mode: ParseMode,
};

/** Methods of the Bot API that stand here, and what each takes. Nothing else is taken. */
export const REQUESTS = {
  getMe: z.strictObject({}),
  getUpdates: z.strictObject({
    offset: number.optional(),
    limit: number.optional(),
    timeout: number.optional(),
    allowed_updates: asJson(z.array(z.string())).optional(),
  }),
  setWebhook: z.strictObject({
    url: z.string(),
    secret_token: z.string().optional(),
    allowed_updates: asJson(z.array(z.string())).optional(),
    drop_pending_updates: flag.optional(),
  }),
  deleteWebhook: z.strictObject({ drop_pending_updates: flag.optional() }),
  getWebhookInfo: z.strictObject({}),
  setMyCommands: z.strictObject({
    commands: asJson(z.array(z.strictObject({ command: z.string(), description: z.string() }))),
    language_code: z.string().optional(),
  }),
  getChat: z.strictObject({ chat_id: number }),
  getChatMember: z.strictObject({ chat_id: number, user_id: number }),
  getUserProfilePhotos: z.strictObject({ user_id: number, offset: number.optional(), limit: number.optional() }),
  getFile: z.strictObject({ file_id: z.string() }),
  createForumTopic: z.strictObject({ chat_id: number, name: z.string().min(1).max(128) }),
  sendMessage: z.strictObject({ ...toChat, text: z.string(), link_preview_options: Preview }),
  sendPhoto: z.strictObject({
    ...toChat,
    photo: z.union([z.instanceof(Blob), z.string()]),
    caption: z.string().max(1024).optional(),
  }),
  editMessageText: z.strictObject({
    chat_id: number,
    message_id: number,
    text: z.string(),
    parse_mode: ParseMode,
    link_preview_options: Preview,
    reply_markup: Markup,
  }),
  /** Loose: beside these comes the picture itself, under a name of the client's. */
  editMessageMedia: z.looseObject({
    chat_id: number,
    message_id: number,
    media: asJson(
      z.strictObject({
        type: z.literal("photo"),
        media: z.union([z.instanceof(Blob), z.string()]),
        caption: z.string().max(1024).optional(),
        parse_mode: ParseMode,
      }),
    ),
    reply_markup: Markup,
  }),
  editMessageReplyMarkup: z.strictObject({ chat_id: number, message_id: number, reply_markup: Markup }),
  deleteMessage: z.strictObject({ chat_id: number, message_id: number }),
  setMessageReaction: z.strictObject({
    chat_id: number,
    message_id: number,
    reaction: asJson(z.array(z.strictObject({ type: z.literal("emoji"), emoji: z.enum(["👌", "👍"]) }))).optional(),
  }),
  answerCallbackQuery: z.strictObject({
    callback_query_id: z.string(),
    text: z.string().max(200).optional(),
    show_alert: flag.optional(),
  }),
} as const;

export type Method = keyof typeof REQUESTS;
export type Request<M extends Method> = z.infer<(typeof REQUESTS)[M]>;

export function isMethod(name: string): name is Method {
  return Object.hasOwn(REQUESTS, name);
}
