import { type Api, InputFile } from "grammy";

/** A button under a message: it opens an address, or tells the bot that it was pressed. */
export type ChatButton =
  | { readonly label: string; readonly opens: string }
  | { readonly label: string; readonly tells: string };

export type ChatPlace = { readonly chat: number; readonly topic: number | null; readonly replyTo: number | null };
export type ChatMessage = { readonly html: string; readonly buttons: readonly ChatButton[] };

/** Part of the Bot API that the record needs. */
export type ChatApi = {
  readonly send: (place: ChatPlace, message: ChatMessage) => Promise<number>;
  /** The text is the picture's caption. */
  readonly sendPicture: (place: ChatPlace, message: ChatMessage, bytes: Uint8Array) => Promise<number>;
  /** Fails where a picture stands there, which has no text of its own. */
  readonly edit: (chat: number, id: number, message: ChatMessage) => Promise<void>;
  /** Puts another picture in place of the one that stands there, and its caption. */
  readonly editPicture: (chat: number, id: number, message: ChatMessage, bytes: Uint8Array) => Promise<void>;
  readonly remove: (chat: number, id: number) => Promise<void>;
  readonly makeTopic: (chat: number, name: string) => Promise<number>;
  readonly isAdministrator: (chat: number, user: number) => Promise<boolean>;
  /** Answers somebody's message. */
  readonly answer: (chat: number, to: number, html: string) => Promise<void>;
  /** Shows somebody that what they asked is done. */
  readonly nod: (chat: number, to: number) => Promise<void>;
  /** What the chat is now, and whether the bot may make topics there. */
  readonly look: (chat: number) => Promise<{ readonly title: string; readonly forum: boolean }>;
};

/** Letters of a topic's name. */
const LONGEST_NAME = 128;

/** None of it is tried again by itself: a message that may have arrived would stand twice. */
export function chatApi(api: Api, botId: number): ChatApi {
  return {
    send: async (place, { html, buttons }) => {
      const { message_id: id } = await api.sendMessage(place.chat, html, {
        ...LOOK,
        ...keyboard(buttons),
        ...placed(place),
      });
      return id;
    },
    sendPicture: async (place, { html, buttons }, bytes) => {
      const picture = new InputFile(bytes, "map.png");
      const more = { caption: html, parse_mode: "HTML" as const, ...keyboard(buttons), ...placed(place) };
      return (await api.sendPhoto(place.chat, picture, more)).message_id;
    },
    edit: async (chat, id, { html, buttons }) => {
      await api.editMessageText(chat, id, html, { ...LOOK, ...keyboard(buttons) });
    },
    editPicture: async (chat, id, { html, buttons }, bytes) => {
      const media = new InputFile(bytes, "map.png");
      const shown = { type: "photo" as const, media, caption: html, parse_mode: "HTML" as const };
      await api.editMessageMedia(chat, id, shown, keyboard(buttons));
    },
    remove: async (chat, id) => {
      await api.deleteMessage(chat, id);
    },
    makeTopic: async (chat, name) => (await api.createForumTopic(chat, name.slice(0, LONGEST_NAME))).message_thread_id,
    isAdministrator: async (chat, user) =>
      ["creator", "administrator"].includes((await api.getChatMember(chat, user)).status),
    answer: async (chat, to, html) => {
      const replied = { reply_parameters: { message_id: to, allow_sending_without_reply: true } };
      await api.sendMessage(chat, html, { ...LOOK, ...replied });
    },
    nod: async (chat, to) => {
      await api.setMessageReaction(chat, to, [{ type: "emoji", emoji: "👌" }]);
    },
    look: async (chat) => {
      const found = await api.getChat(chat);
      const title = "title" in found ? (found.title ?? "") : "";
      if (!("is_forum" in found) || found.is_forum !== true) return { title, forum: false };
      const bot = await api.getChatMember(chat, botId);
      return { title, forum: bot.status === "administrator" && bot.can_manage_topics === true };
    },
  };
}

const LOOK = { parse_mode: "HTML", link_preview_options: { is_disabled: true } } as const;

function placed({ topic, replyTo }: ChatPlace) {
  return {
    ...(topic === null ? {} : { message_thread_id: topic }),
    ...(replyTo === null ? {} : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    // A sound tells of the beginning of a meeting alone; all else is there to be read.
    disable_notification: replyTo !== null,
  };
}

function keyboard(buttons: readonly ChatButton[]) {
  if (buttons.length === 0) return {};
  const row = buttons.map((button) =>
    "opens" in button ? { text: button.label, url: button.opens } : { text: button.label, callback_data: button.tells },
  );
  return { reply_markup: { inline_keyboard: [row] } };
}
