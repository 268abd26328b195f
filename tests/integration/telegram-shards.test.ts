import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { User } from "grammy/types";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { privateWord } from "../support/stack/private-word.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { type Shards, startShards } from "../support/stack/shards.ts";
import { startTelegram, type TelegramStandIn } from "../support/stack/telegram.ts";
import { telegramSection } from "../support/stack/telegram-visitor.ts";
import type { TelegramGroup } from "../support/telegram/group.ts";

const PATIENCE = { timeout: 120_000, interval: 200 };

let dir: string;
let telegram: TelegramStandIn;
let shards: Shards;
let ann: MatrixPerson;
let anna: User;
/** Line that the bot told Ann to type in a chat. */
const codes: string[] = [];
/** A room of each shard. */
const rooms = new Map<string, string>();
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "mindminder-telegram-shards-"));
  telegram = await startTelegram();
  anna = telegram.people.person("Anna");
  const section = { ...telegramSection(telegram), webhook: true };
  shards = await startShards(dir, ["one", "two"], { movable: true, telegram: section });
  ann = await MatrixPerson.register(shards.synapse, "ann");
  ann.listen(({ content, sender }) => {
    const [code] = /\/bind@\S+ \S+/.exec(String(content["body"])) ?? [];
    if (code !== undefined && sender === shards.botId && !codes.includes(code)) codes.push(code);
  });
  while (rooms.size < 2) {
    const room = await roomWithBot(shards, ann);
    rooms.set(shards.shardOf(room), room);
  }
});
afterAll(async () => {
  await ann?.close();
  await shards?.stop();
  await telegram?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const roomOf = (shard: string) => rooms.get(shard) ?? expect.fail(`there is no room of ${shard}`);
const textsIn = (group: TelegramGroup) =>
  group.messages.filter(({ from }) => from.id === telegram.bot.id).map(({ text }) => text);

/** Types in the chat what the bot told the keeper of a room. */
async function bind(room: string, group: TelegramGroup) {
  const before = codes.length;
  await ann.command(room, "!circle telegram");
  // Goes into the room in which the shard speaks to her alone: each has one of its own.
  await expect.poll(() => privateWord(ann, /\/bind@/).then(() => codes.length), PATIENCE).toBe(before + 1);
  const code = codes.at(-1) ?? "";
  const answers = textsIn(group).length;
  telegram.people.say(anna, group, code);
  await expect.poll(() => textsIn(group).slice(answers).join(), PATIENCE).toMatch(/belongs to the room/);
}

async function asks(group: TelegramGroup) {
  const answers = textsIn(group).length;
  telegram.people.say(anna, group, "/circle@MindminderTestBot status");
  await expect.poll(() => textsIn(group).length, PATIENCE).toBe(answers + 1);
  return textsIn(group).at(-1);
}

test.runIf(LONG)(
  "a chat is bound to a room, asks, and is answered by the shard of that room, once; a room that moves takes it along",
  async () => {
    for (const shard of ["one", "two"]) {
      const group = telegram.group({ title: `Garden ${shard}` }, [anna]);
      expect(await asks(group)).toMatch(/belongs to no room/);
      await bind(roomOf(shard), group);
      expect(await asks(group)).not.toMatch(/belongs to no room/);
      if (shard === "one") continue;
      await shards.move(roomOf("two"), "one");
      expect(await asks(group)).not.toMatch(/belongs to no room/);
      await shards.move(roomOf("two"), "two");
    }
  },
);

test.runIf(LONG)("a chat that is bound to a room of another shard belongs to that one alone", async () => {
  const group = telegram.group({ title: "Orchard" }, [anna]);
  await bind(roomOf("one"), group);
  await bind(roomOf("two"), group);
  telegram.people.say(anna, group, "/unbind");
  await expect.poll(() => textsIn(group).at(-1), PATIENCE).toMatch(/does not belong to a room any more/);
  expect(await asks(group)).toMatch(/belongs to no room/);
});
