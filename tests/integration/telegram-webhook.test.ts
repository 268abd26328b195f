import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { User } from "grammy/types";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { startTelegram, type TelegramStandIn } from "../support/stack/telegram.ts";
import { bindChat, telegramSection } from "../support/stack/telegram-visitor.ts";
import type { GroupWish, TelegramGroup } from "../support/telegram/group.ts";

/** A group takes 20 messages a minute, and the machine is busy. */
const PATIENCE = { timeout: 90_000, interval: 300 };
const SLOW = 300_000;

let telegram: TelegramStandIn;
let mindminder: Mindminder;
let [ann, bob]: MatrixPerson[] = [];
let anna: User;

beforeAll(async () => {
  telegram = await startTelegram();
  anna = telegram.people.person("Anna");
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-webhook-")),
    config: { speech: { engine: "off" }, telegram: { ...telegramSection(telegram), webhook: true } },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann");
  bob = await MatrixPerson.register(mindminder.synapse, "bob");
});
afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
  await telegram?.stop();
});

const fromBot = (group: TelegramGroup) => group.messages.filter(({ from }) => from.id === telegram.bot.id);
const textIn = (group: TelegramGroup) =>
  fromBot(group)
    .map(({ text }) => text)
    .join("\n");

async function bound(wish: Partial<GroupWish> = {}) {
  const room = await roomWithBot(mindminder, ann!, bob!);
  const said: string[] = [];
  const hear = ({ room_id, sender, content }: SeenEvent) =>
    void (room_id === room && sender === mindminder.botId && said.push(String(content["body"])));
  ann!.listen(hear);
  const group = telegram.group({ title: "Garden", ...wish }, [anna]);
  bindChat(mindminder, room, group);
  return { room, group, said };
}

async function meeting(room: string): Promise<void> {
  for (const person of [ann!, bob!]) await person.joinCircle(room);
  expect(await ann!.command(room, "!circle start council the garden")).toBe("✅");
}

test(
  "by webhook the bot hears of its chats, also of what happened while the service was down; nobody else is believed",
  async () => {
    const { room, group } = await bound();
    await meeting(room);
    await expect.poll(() => textIn(group), PATIENCE).toMatch(/circle is being held/);
    const asked = telegram.people.say(anna, group, "/circle status");
    await expect.poll(() => fromBot(group).some(({ replyTo }) => replyTo === asked.id), PATIENCE).toBe(true);

    const forged = { update_id: 9_999_999, message: { text: "/unbind" } };
    for (const secret of [{}, { "X-Telegram-Bot-Api-Secret-Token": "guessed" }]) {
      const { status } = await fetch(`${mindminder.url}/telegram/webhook`, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...secret },
        body: JSON.stringify(forged),
      });
      expect(status).toBe(401);
    }
    await mindminder.killService();
    telegram.people.say(anna, group, "/unbind@MindminderTestBot");
    await mindminder.startService();
    await expect.poll(() => textIn(group), PATIENCE).toMatch(/does not belong to a room any more/);
    expect(await ann!.command(room, "!circle telegram off")).toMatch(/No chat in Telegram/);
  },
  SLOW,
);

test.runIf(LONG)(
  "a chat that gets topics in the middle of a meeting: this one stays where it is, and the next has a topic",
  async () => {
    const { room, group } = await bound();
    await meeting(room);
    await expect.poll(() => textIn(group), PATIENCE).toMatch(/Circle 1/);
    telegram.people.makeForum(group);
    await bob!.say(room, "decision: the heron stays");
    await ann!.command(room, "!circle end");
    await expect.poll(() => textIn(group), PATIENCE).toMatch(/circle is over/);
    await expect.poll(() => textIn(group), PATIENCE).toMatch(/heron/);
    expect(fromBot(group).map(({ topic }) => topic)).toEqual(fromBot(group).map(() => null));
    expect(group.topics.size).toBe(0);
    await meeting(room);
    await expect.poll(() => group.topics.size, PATIENCE).toBe(1);
    await ann!.command(room, "!circle end");
  },
  SLOW,
);

test(
  "a chat that is deleted in the middle of a meeting: the room is told once, the meeting goes on, and another chat can be bound",
  async () => {
    const { room, group, said } = await bound();
    await meeting(room);
    await expect.poll(() => textIn(group), PATIENCE).toMatch(/circle is being held/);
    telegram.people.remove(anna, group);
    await bob!.say(room, "decision: the heron stays");
    expect(await ann!.command(room, "!circle pass")).toBe("✅");
    const told = () => said.filter((text) => /“Garden” in Telegram is not there any more/.test(text));
    await expect.poll(() => told().length, PATIENCE).toBe(1);
    const other = telegram.group({ title: "Orchard" }, [anna]);
    bindChat(mindminder, room, other);
    await ann!.command(room, "!circle end");
    await expect.poll(() => textIn(other), PATIENCE).toMatch(/heron/);
    expect(told()).toHaveLength(1);
  },
  SLOW,
);
