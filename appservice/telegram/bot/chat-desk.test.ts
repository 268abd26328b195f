import { expect, test } from "vitest";
import { personId, roomId } from "../../../tests/support/protocol/ids.ts";
import { Allowance } from "../../admission/allowance.ts";
import { translateTo } from "../../language/translate.ts";
import { openDatabase } from "../../store/database.ts";
import { TelegramChats } from "../../store/telegram-chats.ts";
import { unitOf } from "../../store/unit-of-work.ts";
import type { SaidInTelegram } from "./bot.ts";
import { ChatDesk } from "./chat-desk.ts";
import { ChatOutbox } from "./chat-outbox.ts";
import { TakenUpdates } from "./updates.ts";

const ROOM = roomId("!garden:hs");
const CHAT = -100;

/** The desk of a bot that may see who administers a chat: Anna, whose number is 7. */
function deskWith() {
  const db = openDatabase(":memory:");
  const [chats, updates] = [new TelegramChats(db), new TakenUpdates(db)];
  const answers: string[] = [];
  const told: string[] = [];
  const asked: number[] = [];
  let lookAgain = (_: { title: string; forum: boolean }) => {};
  const world = { now: 1_000_000, diskIsFull: false, telegramHangs: false, isBusy: false };
  const tell = (what: string) => {
    if (world.diskIsFull) throw new Error("the disk is full");
    told.push(what);
  };
  const desk = new ChatDesk({
    chats,
    outbox: new ChatOutbox(db),
    api: {
      look: async () => {
        if (world.isBusy) throw new Error("Too Many Requests: retry after 60");
        return { title: "Garden", forum: false };
      },
      lookAgain: () => new Promise((resolve) => void (lookAgain = resolve)),
      isAdministrator: async (_, user) => {
        asked.push(user);
        return user === 7;
      },
      answer: (_, __, html) => (world.telegramHangs ? new Promise(() => {}) : (async () => void answers.push(html))()),
      nod: async () => void answers.push("👌"),
    },
    botName: "circle_bot",
    answersOf: new Allowance(3, () => world.now),
    onUnanswered: () => void told.push("somebody got no answer"),
    now: () => world.now,
    wordsFor: () => translateTo("en"),
    titleOf: async () => "Garden",
    take: (update) => updates.take(update, world.now),
    unit: unitOf(db),
    onBound: ({ title }, by) => tell(`${title} bound by ${by}`),
    onUnbound: ({ title }, by) => tell(`${title} unbound by ${by}`),
    onStillLost: () => {},
    onBack: (room) => void told.push(`${room} is back`),
    command: async (_, text) => {
      told.push(text);
      return "done";
    },
    press: async () => "",
    confirmLink: async () => "unknown",
  });
  let update = 0;
  const message = (text: string, more: Partial<SaidInTelegram> = {}): SaidInTelegram => ({
    update: ++update,
    chat: CHAT,
    isPrivate: false,
    message: update,
    from: { id: 7, firstName: "Anna" },
    asChat: false,
    text,
    ...more,
  });
  const say = (text: string, more?: Partial<SaidInTelegram>) => desk.said(message(text, more));
  const offer = () => chats.offer(ROOM, personId("@ann:hs"), world.now);
  return {
    desk,
    chats,
    answers,
    asked,
    told,
    world,
    message,
    say,
    offer,
    seesAgain: () => lookAgain({ title: "Yard", forum: false }),
  };
}

test("a chat is bound, and let go, together with what the room is told of it, or not at all", async () => {
  const { desk, chats, told, world, message, say, offer } = deskWith();
  const [code, binding] = [offer(), message("")];
  world.diskIsFull = true;
  await expect(desk.said({ ...binding, text: `/bind ${code}` })).rejects.toThrow("the disk is full");
  expect(chats.ofRoom(ROOM)).toBeNull();
  world.diskIsFull = false;
  await desk.said({ ...binding, text: `/bind ${code}` });
  expect(told).toEqual(["Garden bound by Anna"]);
  world.diskIsFull = true;
  await expect(say("/unbind")).rejects.toThrow("the disk is full");
  expect(chats.ofRoom(ROOM)).toMatchObject({ chat: CHAT });
});

test("what Telegram tells of twice binds and is answered once", async () => {
  const { desk, answers, told, message, offer } = deskWith();
  const binding = message(`/bind ${offer()}`);
  await Promise.all([desk.said(binding), desk.said(binding)]);
  expect(told).toEqual(["Garden bound by Anna"]);
  expect(answers).toEqual([expect.stringContaining("belongs to the room")]);
});

test("who does not administer the chat binds nothing, and the code stays good", async () => {
  const { answers, told, say, offer } = deskWith();
  const code = offer();
  await say(`/bind ${code}`, { from: { id: 8, firstName: "Boris" } });
  await say("/bind made-up");
  await say(`/bind ${code}`);
  expect(told).toEqual(["Garden bound by Anna"]);
  expect(answers).toHaveLength(3);
});

test("a stranger whose answer Telegram holds back keeps nobody waiting, and gets no more than some answers a minute", async () => {
  const { answers, world, say } = deskWith();
  world.telegramHangs = true;
  await say("/circle help", { chat: 9, isPrivate: true });
  world.telegramHangs = false;
  for (let count = 0; count < 10; count++) await say("let me in", { chat: 9, isPrivate: true });
  expect(answers).toHaveLength(2);
  await say("/start", { chat: 10, isPrivate: true });
  expect(answers).toHaveLength(3);
  world.now += 60_001;
  await say("let me in", { chat: 9, isPrivate: true });
  expect(answers).toHaveLength(4);
});

test("in a chat of no room the bot answers whoever names it, and nobody else", async () => {
  const { answers, say } = deskWith();
  for (const text of ["/weather", "/start", "/unbind", "good morning"]) await say(text);
  expect(answers).toEqual([]);
  await say("/circle@circle_bot status");
  expect(answers).toEqual([expect.stringContaining("belongs to no room")]);
});

test("in a room's chat a command is done also where no answer to it fits any more", async () => {
  const { answers, told, say, offer } = deskWith();
  await say(`/bind ${offer()}`);
  told.length = 0;
  for (let count = 0; count < 6; count++) await say("/circle pass");
  expect(told).toHaveLength(6);
  expect(answers.filter((answer) => answer === "👌")).toHaveLength(2);
});

test("by writing much nobody keeps the administrators of a chat from binding it and letting it go", async () => {
  const { chats, asked, answers, say, offer } = deskWith();
  const stranger = { from: { id: 8, firstName: "Boris" } };
  const writeMuch = async () => {
    for (let count = 0; count < 10; count++) await say("/start@circle_bot", stranger);
  };
  await writeMuch();
  await say(`/bind ${offer()}`);
  expect(chats.ofRoom(ROOM)).toMatchObject({ chat: CHAT });
  await writeMuch();
  asked.length = 0;
  for (let count = 0; count < 10; count++) await say("/unbind", stranger);
  expect(asked).toEqual([8, 8, 8]);
  await say("/unbind");
  expect(chats.ofRoom(ROOM)).toBeNull();
  expect(answers).toHaveLength(3);
});

test("a chat that Telegram is slow to tell of keeps nobody waiting, and is written into once it has told", async () => {
  const { desk, chats, told, world, say, offer, seesAgain } = deskWith();
  await say(`/bind ${offer()}`);
  chats.lose(CHAT, "bot-put-out");
  told.length = 0;
  world.isBusy = true;
  await desk.became(CHAT, true);
  await say("/circle pass");
  expect(told).toEqual(["!circle pass"]);
  expect(chats.ofRoom(ROOM)).toMatchObject({ lost: "bot-put-out" });
  seesAgain();
  await expect.poll(() => told.at(-1)).toBe(`${ROOM} is back`);
  expect(chats.ofRoom(ROOM)).toMatchObject({ title: "Yard", lost: null });
});
