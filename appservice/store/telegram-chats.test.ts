import { expect, test } from "vitest";
import { ParticipantId, RoomId } from "../protocol/identity.ts";
import { openDatabase } from "./database.ts";
import { TelegramChats } from "./telegram-chats.ts";

const GARDEN = RoomId.parse("!garden:example.org");
const ROOF = RoomId.parse("!roof:example.org");
const ANN = ParticipantId.parse("@ann:example.org");
const NOW = 1_700_000_000_000;
const CHAT = { chat: -1001, title: "Garden", forum: false };

const chats = () => new TelegramChats(openDatabase(":memory:"));

test("a code binds one chat to its room, once and for a quarter of an hour", () => {
  const known = chats();
  const code = known.offer(GARDEN, ANN, NOW);
  expect(known.bind(code, CHAT, NOW + 15 * 60_000 + 1)).toBeNull();
  expect(known.bind("somethingElse", CHAT, NOW)).toBeNull();
  expect(known.bind(code, CHAT, NOW + 60_000)).toEqual({
    ...CHAT,
    room: GARDEN,
    instance: null,
    boundBy: ANN,
    boundAt: NOW + 60_000,
    lost: null,
  });
  expect(known.bind(code, CHAT, NOW + 60_000)).toBeNull();
});

test("a second code makes the first worthless", () => {
  const known = chats();
  const first = known.offer(GARDEN, ANN, NOW);
  const second = known.offer(GARDEN, ANN, NOW);
  expect(known.bind(first, CHAT, NOW)).toBeNull();
  expect(known.bind(second, CHAT, NOW)).not.toBeNull();
});

test("a chat that is bound to another room leaves the first", () => {
  const known = chats();
  known.bind(known.offer(GARDEN, ANN, NOW), CHAT, NOW);
  known.bind(known.offer(ROOF, ANN, NOW), CHAT, NOW);
  expect(known.ofRoom(GARDEN)).toBeNull();
  expect(known.ofChat(CHAT.chat)?.room).toBe(ROOF);
  expect(known.all()).toHaveLength(1);
});

test("the first launch from a chat says what Telegram calls it; of another chat nothing is believed", () => {
  const known = chats();
  expect(known.isOpenedFrom(GARDEN, "111")).toBe(false);
  known.bind(known.offer(GARDEN, ANN, NOW), CHAT, NOW);
  expect(known.isOpenedFrom(GARDEN, "111")).toBe(true);
  expect(known.isOpenedFrom(GARDEN, "222")).toBe(false);
  expect(known.isOpenedFrom(GARDEN, "111")).toBe(true);
});

test("a group that became a supergroup stays bound under its new number", () => {
  const known = chats();
  known.bind(known.offer(GARDEN, ANN, NOW), CHAT, NOW);
  known.isOpenedFrom(GARDEN, "111");
  known.migrated(CHAT.chat, -1002);
  expect(known.ofChat(CHAT.chat)).toBeNull();
  expect(known.ofRoom(GARDEN)).toMatchObject({ chat: -1002, instance: null });
});

test("a chat that is lost is told once, and found again when Telegram speaks of it", () => {
  const known = chats();
  known.bind(known.offer(GARDEN, ANN, NOW), CHAT, NOW);
  expect(known.lose(CHAT.chat, "bot-put-out")).toBe(true);
  expect(known.lose(CHAT.chat, "bot-put-out")).toBe(false);
  known.learn(CHAT.chat, { title: "Garden, new", forum: true });
  expect(known.ofRoom(GARDEN)).toMatchObject({ title: "Garden, new", forum: true, lost: null });
  expect(known.unbind(GARDEN)?.chat).toBe(CHAT.chat);
  expect(known.unbind(GARDEN)).toBeNull();
});
