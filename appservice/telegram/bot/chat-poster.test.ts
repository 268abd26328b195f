import { Api, InputFile } from "grammy";
import type { User } from "grammy/types";
import { pino } from "pino";
import { expect, test } from "vitest";
import { meetingId, personId, roomId } from "../../../tests/support/protocol/ids.ts";
import { TelegramGroup } from "../../../tests/support/telegram/group.ts";
import { answer, type World } from "../../../tests/support/telegram/methods.ts";
import { REQUESTS } from "../../../tests/support/telegram/requests.ts";
import { Updates } from "../../../tests/support/telegram/updates.ts";
import { openDatabase } from "../../store/database.ts";
import { TelegramChats } from "../../store/telegram-chats.ts";
import { chatApi } from "./chat-api.ts";
import { ChatOutbox } from "./chat-outbox.ts";
import { GROUP_LIMIT } from "./chat-pace.ts";
import { ChatPoster } from "./chat-poster.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("m00000001")];
const BOT: User = { id: 7_000_000_000, is_bot: true, first_name: "Mindminder", username: "MindminderBot" };
const CHAT = -1_001_000_000_001;

/** A chat of the stand-in in which the map of a meeting stands as a picture. */
async function chatWithMap() {
  let now = 1_000_000;
  const asked: string[] = [];
  const shown: string[] = [];
  const lost: string[] = [];
  const group = new TelegramGroup(CHAT, { title: "Garden" }, { bot: BOT, limit: GROUP_LIMIT });
  const world: World = {
    bot: BOT,
    people: new Map(),
    pictures: new Map(),
    chats: [group],
    updates: new Updates(),
    answered: new Map(),
    now: () => now,
  };
  const api = new Api("7000000000:x");
  api.config.use(async (_, method, payload) => {
    asked.push(method);
    const sent = await overTheWire(payload, shown);
    const request = REQUESTS[method as keyof typeof REQUESTS].parse(sent);
    return (await answer(method as keyof typeof REQUESTS, request, world)) as never;
  });
  const db = openDatabase(":memory:");
  const chats = new TelegramChats(db);
  chats.bind(chats.offer(ROOM, personId("@ann:hs"), now), { chat: CHAT, title: "Garden", forum: false }, now);
  const outbox = new ChatOutbox(db);
  const poster = new ChatPoster({
    outbox,
    chats,
    api: chatApi(api, BOT.id),
    limit: GROUP_LIMIT,
    pictureOf: async (mxc) => new TextEncoder().encode(mxc),
    now: () => now,
    log: pino({ level: "silent" }),
    mayWrite: async () => "yes",
    titleOf: () => "Council",
    repeated: () => "(repeated)",
    blank: () => "(taken away)",
    onRepeated: () => {},
    onLost: (_, why) => void lost.push(why),
    onAway: () => {},
  });
  /** Has the poster do what there is; a poster that hammers is stopped. */
  const settle = async () => {
    now += 60_000;
    for (let steps = 0; steps < 30; steps++) {
      const step = await poster.step(ROOM);
      if (step === "idle") return;
      now += step.againInMs;
    }
    expect.fail(`it does not come to rest: ${asked.slice(-6).join(", ")}`);
  };
  const want = (text: string, picture: string | null) =>
    outbox.want(ROOM, MEETING, [{ key: "map", answers: null, parts: [text], buttons: [], picture }]);
  want("the map", "mxc://hs/1");
  await settle();
  const standing = () => group.messages.map(({ text, photo }) => `${photo ? "picture" : "words"}: ${text}`);
  expect(standing()).toEqual(["picture: the map"]);
  const holdFast = () => group.messages.forEach(({ id }) => void group.heldFast.add(id));
  asked.length = 0;
  return { group, outbox, want, settle, standing, holdFast, asked, shown, lost, chats };
}

/** Files go over the wire as what they hold. */
async function overTheWire(payload: object, shown: string[]): Promise<object> {
  const entries = Object.entries(payload).map(async ([name, value]) => {
    if (value instanceof InputFile) {
      const bytes = (await value.toRaw()) as Uint8Array<ArrayBuffer>;
      shown.push(new TextDecoder().decode(bytes));
      return [name, new Blob([bytes])];
    }
    return [name, name === "media" && typeof value === "object" ? await overTheWire(value, shown) : value];
  });
  return Object.fromEntries(await Promise.all(entries));
}

test("another map stands in place of one that Telegram does not let go", async () => {
  const { want, settle, standing, holdFast, shown } = await chatWithMap();
  holdFast();
  want("the map, grown", "mxc://hs/2");
  await settle();
  expect(standing()).toEqual(["picture: the map, grown"]);
  expect(shown).toEqual(["mxc://hs/1", "mxc://hs/2"]);
});

test("a map that is to go and that Telegram does not let go shows nothing any more, and is left alone then", async () => {
  const { outbox, settle, standing, holdFast, asked, shown } = await chatWithMap();
  holdFast();
  outbox.review(MEETING, new Set());
  await settle();
  expect(standing()).toEqual(["picture: (taken away)"]);
  expect(shown.at(-1)).toContain("PNG");
  asked.length = 0;
  outbox.review(MEETING, new Set());
  await settle();
  expect(asked).toEqual([]);
});

test("words in place of a map are a message of their own", async () => {
  const { want, settle, standing } = await chatWithMap();
  want("no map", null);
  await settle();
  expect(standing()).toEqual(["words: no map"]);
});

test.each(["not enough rights to send photos to the chat", "CHAT_SEND_PHOTOS_FORBIDDEN", "CHAT_SEND_MEDIA_FORBIDDEN"])(
  "where Telegram says “%s” the map's words stand alone, and all else goes on",
  async (words) => {
    const { group, outbox, want, settle, standing, lost } = await chatWithMap();
    group.refuses.pictures = words;
    want("the map, grown", "mxc://hs/2");
    const more = { key: "record", answers: null, parts: ["the record"], buttons: [], picture: null };
    const map = { key: "map", answers: null, parts: ["the map, grown"], buttons: [], picture: "mxc://hs/2" };
    outbox.want(ROOM, MEETING, [map, more]);
    await settle();
    expect(standing()).toEqual(["words: the map, grown", "words: the record"]);
    expect(lost).toEqual([]);
  },
);

test.each([
  "not enough rights to send text messages to the chat",
  "have no rights to send a message",
  "CHAT_WRITE_FORBIDDEN",
  "CHAT_SEND_PLAIN_FORBIDDEN",
])("where Telegram says “%s” the record waits until the bot may write again", async (words) => {
  const { group, outbox, settle, standing, lost, chats } = await chatWithMap();
  group.refuses.messages = words;
  const entry = (key: string) => ({ key, answers: null, parts: [key], buttons: [], picture: null });
  outbox.want(ROOM, MEETING, [{ ...entry("map"), parts: ["the map"], picture: "mxc://hs/1" }, entry("a"), entry("b")]);
  await settle();
  expect(lost).toEqual(["bot-put-out"]);
  group.refuses.messages = null;
  chats.learn(CHAT, { title: "Garden", forum: false });
  await settle();
  expect(standing()).toEqual(["picture: the map", "words: a", "words: b"]);
});

test("what was changed and changed back while the group became another chat stands there", async () => {
  const { group, outbox, want, settle, standing } = await chatWithMap();
  want("no map", null);
  group.messages.length = 0;
  outbox.moved(ROOM);
  want("the map", "mxc://hs/1");
  await settle();
  expect(standing()).toEqual(["picture: the map"]);
});
