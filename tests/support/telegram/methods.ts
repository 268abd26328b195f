import type { ApiMethods, Chat, Message, User } from "grammy/types";
import { badRequest, TelegramFailure } from "./failure.ts";
import type { StandingMessage, TelegramGroup } from "./group.ts";
import { readHtml } from "./html.ts";
import type { Method, Request } from "./requests.ts";
import type { Updates } from "./updates.ts";

const LONGEST = 4_096;

export type World = {
  readonly bot: User;
  readonly people: Map<number, User>;
  /** Pictures that people show, by their numbers. */
  readonly pictures: Map<number, Uint8Array>;
  readonly chats: TelegramGroup[];
  readonly updates: Updates;
  /** Answers to presses, by the id of the press. */
  readonly answered: Map<string, (answer: { readonly text: string; readonly alert: boolean }) => void>;
  readonly now: () => number;
};

type Answers = { [M in Method]: (request: Request<M>, world: World) => Answer<M> | Promise<Answer<M>> };
type Answer<M extends Method> = ReturnType<ApiMethods[M]>;

/** Methods of the Bot API, as Telegram answers them. */
export const METHODS: Answers = {
  getMe: (_, { bot }) =>
    ({
      id: bot.id,
      is_bot: true,
      first_name: bot.first_name,
      username: bot.username ?? "",
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }) as Answer<"getMe">,
  getUpdates: (request, { updates }) => updates.poll(request),
  setWebhook: ({ url, secret_token }, { updates }) => updates.setWebhook(url, secret_token ?? null),
  deleteWebhook: (_, { updates }) => updates.setWebhook("", null),
  getWebhookInfo: (_, { updates }) => ({
    url: updates.webhook?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: updates.waiting(),
  }),
  setMyCommands: () => true,
  getChat: ({ chat_id }, world) => {
    const group = chatOf(chat_id, world);
    group.enter();
    const chat = { ...groupChat(group, world), accent_color_id: 0, max_reaction_count: 11 };
    return { ...chat, accepted_gift_types: NO_GIFTS } as Answer<"getChat">;
  },
  getChatMember: ({ chat_id, user_id }, world) => {
    const group = chatOf(chat_id, world);
    group.enter();
    const user = user_id === world.bot.id ? world.bot : world.people.get(user_id);
    if (!user) throw badRequest("PARTICIPANT_ID_INVALID");
    return memberOf(group, user);
  },
  getUserProfilePhotos: ({ user_id }, { pictures }) => {
    if (!pictures.has(user_id)) return { total_count: 0, photos: [] };
    const sized = (width: number) => ({
      file_id: `face${user_id}-${width}`,
      file_unique_id: `${user_id}-${width}`,
      width,
      height: width,
    });
    return { total_count: 1, photos: [[sized(64), sized(160), sized(640)]] };
  },
  getFile: ({ file_id }, { pictures }) => {
    const [, user = "", width = ""] = /^face(\d+)-(\d+)$/.exec(file_id) ?? [];
    if (!pictures.has(Number(user))) throw badRequest("wrong file_id or the file is temporarily unavailable");
    return { file_id, file_unique_id: `${user}-${width}`, file_path: `photos/face${user}_${width}.jpg` };
  },
  createForumTopic: ({ chat_id, name }, world) => {
    const group = chatOf(chat_id, world);
    group.enter();
    if (!group.forum) throw badRequest("the chat is not a forum");
    if (!group.isAdministrator(world.bot.id)) throw badRequest("not enough rights to create a topic");
    group.take(world.now());
    const { id } = group.add({ from: world.bot, text: "", at: world.now(), isTopicBegun: name });
    group.topics.set(id, name);
    return { message_thread_id: id, name, icon_color: 7322096 };
  },
  sendMessage: (request, world) => {
    const { text, entities } = wordsOf(request);
    return send(request, { text, entities }, world);
  },
  sendPhoto: (request, world) => {
    const { text, entities } = readHtml(request.caption ?? "");
    return send(request, { text, entities, photo: true }, world);
  },
  editMessageText: (request, world) => {
    const [group, message] = messageOf(request, world);
    if (message.photo) throw badRequest("there is no text in the message to edit");
    const { text, entities } = wordsOf(request);
    const buttons = request.reply_markup ?? null;
    const [now, before] = [
      { text, entities, buttons },
      { text: message.text, entities: message.entities, buttons: message.buttons },
    ];
    if (JSON.stringify(now) === JSON.stringify(before)) throw badRequest(NOT_MODIFIED);
    group.take(world.now());
    Object.assign(message, now, { editedAt: world.now() });
    message.said.push(text);
    return messageFor(message, group, world) as Answer<"editMessageText">;
  },
  editMessageMedia: (request, world) => {
    const [group, message] = messageOf(request, world);
    const { text, entities } = readHtml(request.media.caption ?? "");
    group.take(world.now());
    const buttons = request.reply_markup ?? null;
    Object.assign(message, { text, entities, photo: true, buttons, editedAt: world.now() });
    message.said.push(text);
    return messageFor(message, group, world) as Answer<"editMessageMedia">;
  },
  editMessageReplyMarkup: (request, world) => {
    const [group, message] = messageOf(request, world);
    const buttons = request.reply_markup ?? null;
    if (JSON.stringify(buttons) === JSON.stringify(message.buttons)) throw badRequest(NOT_MODIFIED);
    group.take(world.now());
    Object.assign(message, { buttons, editedAt: world.now() });
    return messageFor(message, group, world) as Answer<"editMessageReplyMarkup">;
  },
  deleteMessage: ({ chat_id, message_id }, world) => {
    const group = chatOf(chat_id, world);
    group.enter();
    if (group.heldFast.has(message_id)) throw badRequest("message can't be deleted for everyone");
    if (!group.remove(message_id)) throw badRequest("message to delete not found");
    return true;
  },
  setMessageReaction: ({ chat_id, message_id, reaction }, world) => {
    const group = chatOf(chat_id, world);
    group.enter();
    const message = group.find(message_id);
    if (!message) throw badRequest("message to react not found");
    message.reaction = reaction?.[0]?.emoji ?? null;
    return true;
  },
  answerCallbackQuery: ({ callback_query_id, text, show_alert }, { answered }) => {
    const answer = answered.get(callback_query_id);
    if (!answer) throw badRequest("query is too old and response timeout expired or query ID is invalid");
    answered.delete(callback_query_id);
    answer({ text: text ?? "", alert: show_alert ?? false });
    return true;
  },
};

const NOT_MODIFIED =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";
const NO_GIFTS = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
};

export function chatOf(id: number, { chats }: World): TelegramGroup {
  const found = chats.find((each) => each.id === id);
  if (!found) throw badRequest("chat not found");
  return found;
}

function messageOf({ chat_id, message_id }: Request<"editMessageReplyMarkup">, world: World) {
  const group = chatOf(chat_id, world);
  group.enter();
  const message = group.find(message_id);
  if (!message) throw badRequest("message to edit not found");
  if (message.from.id !== world.bot.id) throw badRequest("message can't be edited");
  return [group, message] as const;
}

function wordsOf({ text: given, parse_mode }: Pick<Request<"sendMessage">, "text" | "parse_mode">) {
  const read = parse_mode ? readHtml(given) : { text: given.trim(), entities: [] };
  if (read.text === "") throw badRequest("message text is empty");
  if (read.text.length > LONGEST) throw badRequest("message is too long");
  return read;
}

type Sent = Omit<Request<"sendMessage">, "text">;

function send(request: Sent, words: Pick<StandingMessage, "text" | "entities"> & { photo?: true }, world: World) {
  const group = chatOf(request.chat_id, world);
  group.enter();
  const refused = group.refuses.messages ?? (words.photo ? group.refuses.pictures : null);
  if (refused !== null) throw badRequest(refused);
  const topic = group.topicOf(request.message_thread_id);
  const { message_id: replyTo, allow_sending_without_reply: anyway } = request.reply_parameters ?? {};
  const found = replyTo === undefined ? null : group.find(replyTo);
  if (replyTo !== undefined && !found && !anyway) throw badRequest("message to be replied not found");
  group.take(world.now());
  const place = { topic: topic ?? found?.topic ?? null, replyTo: found?.id ?? null };
  const buttons = request.reply_markup ?? null;
  const message = group.add({ from: world.bot, at: world.now(), ...words, ...place, buttons });
  return messageFor(message, group, world) as Answer<"sendMessage"> & Answer<"sendPhoto">;
}

function groupChat(group: TelegramGroup, { people, bot }: World): Chat {
  return group.chat(people.get(group.id) ?? bot);
}

/** A message in the form in which the Bot API tells of it. */
export function messageFor(message: StandingMessage, group: TelegramGroup, world: World, deep = true): Message {
  const { id, from, at, text, entities, topic, buttons, editedAt, photo } = message;
  const answered = message.replyTo === null || !deep ? null : group.find(message.replyTo);
  const marked = entities.length > 0 ? entities : null;
  const written = photo
    ? { photo: [PHOTO], ...(text ? { caption: text } : {}), ...(marked ? { caption_entities: marked } : {}) }
    : { text, ...(marked ? { entities: marked } : {}) };
  return {
    message_id: id,
    from,
    chat: groupChat(group, world),
    date: Math.floor(at / 1000),
    ...written,
    ...(topic === null ? {} : { message_thread_id: topic, is_topic_message: true }),
    ...(answered ? { reply_to_message: messageFor(answered, group, world, false) } : {}),
    ...(buttons ? { reply_markup: buttons } : {}),
    ...(editedAt === null ? {} : { edit_date: Math.floor(editedAt / 1000) }),
  } as Message;
}

const PHOTO = { file_id: "photo", file_unique_id: "p", width: 100, height: 100 };

export function memberOf(group: TelegramGroup, user: User): Answer<"getChatMember"> {
  const status = group.standings.get(user.id) ?? "left";
  switch (status) {
    case "creator":
      return { status, user, is_anonymous: false };
    case "administrator":
      return { status, user, ...RIGHTS, can_manage_topics: group.kind === "supergroup" } as Answer<"getChatMember">;
    case "kicked":
      return { status, user, until_date: 0 };
    default:
      return { status, user };
  }
}

const RIGHTS = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: true,
  can_send_welcome_messages: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_pin_messages: true,
};

/** An answer, whole, as it goes over the wire. */
export async function answer(method: Method, request: unknown, world: World): Promise<object> {
  try {
    const run = METHODS[method] as (given: unknown, world: World) => unknown;
    return { ok: true, result: await run(request, world) };
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    const { code: error_code, description, parameters } = error;
    return { ok: false, error_code, description, ...(parameters ? { parameters } : {}) };
  }
}
