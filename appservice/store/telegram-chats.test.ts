import { expect, test } from "vitest";
import { formatTelegramId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { openDatabase } from "./database.ts";
import { TelegramChats } from "./telegram-chats.ts";
import { TelegramPeople } from "./telegram-people.ts";

const GARDEN = RoomId.parse("!garden:example.org");
const ROOF = RoomId.parse("!roof:example.org");
const CELLAR = RoomId.parse("!cellar:example.org");
const [TANYA, PETYA] = [formatTelegramId(1), formatTelegramId(2)];
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

test("a room that goes on in another one takes its chat along, its past meetings still find it, and who was put out stays out", () => {
  const db = openDatabase(":memory:");
  const [known, people] = [new TelegramChats(db), new TelegramPeople(db)];
  const bound = known.bind(known.offer(GARDEN, ANN, NOW), CHAT, NOW);
  known.isOpenedFrom(GARDEN, "111");
  for (const id of [TANYA, PETYA])
    people.enter({ id, room: GARDEN, name: "Tanya", shown: "Tanya (Telegram)", since: NOW }, NOW);
  people.become(GARDEN, TANYA, "out", NOW);
  expect(known.moveInto(GARDEN, ROOF)).toBe(true);
  expect(known.moveInto(GARDEN, ROOF), "again, as after a restart").toBe(false);
  expect(known.ofRoom(ROOF)).toEqual({ ...bound, room: ROOF, instance: "111" });
  expect(known.ofRoom(GARDEN)).toEqual(known.ofRoom(ROOF));
  expect(known.isOpenedFrom(GARDEN, "111")).toBe(true);
  expect([people.find(ROOF, TANYA)?.state, people.find(ROOF, PETYA)]).toEqual(["out", null]);
  known.moveInto(ROOF, CELLAR);
  expect(known.ofRoom(GARDEN)?.room).toBe(CELLAR);
  expect(known.unbind(GARDEN), "nobody of a room that was left lets its chat go").toBeNull();
  known.unbind(CELLAR);
  expect([GARDEN, ROOF, CELLAR].map((room) => known.ofRoom(room))).toEqual([null, null, null]);
});

test("a room with a chat of its own keeps it when another one goes on in it", () => {
  const known = chats();
  known.bind(known.offer(GARDEN, ANN, NOW), CHAT, NOW);
  known.bind(known.offer(ROOF, ANN, NOW), { ...CHAT, chat: -1002 }, NOW);
  expect(known.moveInto(GARDEN, ROOF)).toBe(false);
  expect(known.ofRoom(ROOF)?.chat).toBe(-1002);
  expect(known.ofRoom(GARDEN)?.chat).toBe(CHAT.chat);
});
