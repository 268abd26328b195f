import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { User } from "grammy/types";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { privateWord } from "../support/stack/private-word.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { startTelegram, type TelegramStandIn } from "../support/stack/telegram.ts";
import type { StandingMessage, TelegramGroup } from "../support/telegram/group.ts";
import { problemsIn } from "../support/telegram/judged.ts";

/** No promise of how soon: a group takes 20 messages a minute, and the machine is busy. */
const PATIENCE = { timeout: 150_000, interval: 500 };
const SLOW = 400_000;

let telegram: TelegramStandIn;
let mindminder: Mindminder;
let [ann, bob]: MatrixPerson[] = [];
let [anna, boris]: User[] = [];

beforeAll(async () => {
  telegram = await startTelegram();
  [anna, boris] = [telegram.people.person("Anna", { username: "anna" }), telegram.people.person("Boris")];
  mindminder = await startMindminder({
    dir: mkdtempSync(join(tmpdir(), "mindminder-telegram-")),
    config: {
      speech: { engine: "off" },
      telegram: { token: telegram.token, bot: telegram.bot.username, app: "circle", apiUrl: telegram.apiUrl },
    },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann");
  bob = await MatrixPerson.register(mindminder.synapse, "bob");
});
afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
  await telegram?.stop();
});

type Stage = { readonly room: string; readonly group: TelegramGroup; readonly said: () => string[] };

/** `before`: happens in the room before it has a chat. */
type Wish = { forum?: boolean; supergroup?: boolean; before?: (room: string) => Promise<unknown> };

/** A room of Ann's and Bob's, bound to a group of Anna's and Boris's by both keepers. */
async function bound({ before, ...wish }: Wish = {}): Promise<Stage> {
  const room = await roomWithBot(mindminder, ann!, bob!);
  await before?.(room);
  const heard: SeenEvent[] = [];
  ann!.listen((event) => void (event.room_id === room && event.sender === mindminder.botId && heard.push(event)));
  const group = telegram.group({ title: `Garden ${room.slice(1, 5)}`, ...wish }, [anna!, boris!]);
  expect(await bob!.command(room, "!circle telegram")).toMatch(/keeper/i);
  const codeBefore = await privateWord(ann!, /\/bind@/);
  expect(await ann!.command(room, "!circle telegram")).toMatch(/private message/);
  await expect.poll(() => privateWord(ann!, /\/bind@/), PATIENCE).not.toBe(codeBefore);
  const [code = ""] = /\/bind@\S+ \S+/.exec(await privateWord(ann!, /\/bind@/)) ?? [];
  telegram.people.say(boris!, group, code);
  await answered(group, /administers/);
  telegram.people.say(anna!, group, code);
  await answered(group, /belongs to the room/);
  const said = () => heard.map(({ content }) => String(content["body"]));
  await expect.poll(() => said().join("\n"), PATIENCE).toMatch(/belongs to this room now, by Anna \(@anna\)/);
  return { room, group, said };
}

const fromBot = (group: TelegramGroup) => group.messages.filter(({ from }) => from.id === telegram.bot.id);
const answered = (group: TelegramGroup, text: RegExp) =>
  expect
    .poll(
      () =>
        fromBot(group)
          .map((message) => message.text)
          .join("\n"),
      PATIENCE,
    )
    .toMatch(text);
const withWord = (group: TelegramGroup, word: string): StandingMessage[] =>
  fromBot(group).filter(({ text }) => text.toLowerCase().includes(word));

async function meeting(room: string, ...typed: string[]): Promise<string[]> {
  for (const person of [ann!, bob!]) await person.joinCircle(room);
  await ann!.command(room, "!circle start council the garden");
  const ids = [];
  for (const text of typed) ids.push(await bob!.say(room, text));
  return ids;
}
const redact = (by: MatrixPerson, room: string, id: string) =>
  by.ask("PUT", `/rooms/${encodeURIComponent(room)}/redact/${encodeURIComponent(id)}/${Math.random()}`, {});

test(
  "a meeting has a topic of its own, with the button that opens it, its record, and its tasks; words taken back leave it",
  async () => {
    const { room, group } = await bound({ forum: true });
    const [walrus = ""] = await meeting(room, "task: feed the walrus", "decision: the ocelot stays");
    await answered(group, /circle is being held/);
    const [first] = fromBot(group).filter(({ text }) => /circle/.test(text) && !/belongs/.test(text) && text !== "");
    expect(first?.buttons?.inline_keyboard[0]?.[0]).toMatchObject({
      url: expect.stringMatching(/^https:\/\/t\.me\/MindminderTestBot\/circle\?startapp=[\w-]+$/),
    });
    expect([...group.topics.keys()]).toEqual([first?.topic]);
    telegram.people.say(boris!, group, "/circle@MindminderTestBot status");
    telegram.people.say(boris!, group, "/circle pass");
    await answered(group, /Open the circle by the button first/);
    await ann!.command(room, "!circle end");
    await expect.poll(() => withWord(group, "walrus").length, PATIENCE).toBeGreaterThan(0);
    await expect.poll(() => withWord(group, "ocelot").length, PATIENCE).toBeGreaterThan(0);
    await answered(group, /circle is over/);
    expect(fromBot(group).every(({ topic, text }) => topic === first?.topic || !/walrus|ocelot/.test(text))).toBe(true);
    const task = withWord(group, "walrus").find(({ buttons }) => buttons !== null);
    expect(task?.buttons?.inline_keyboard[0]?.map(({ text }) => text)).toEqual(["✅", "❌"]);
    expect(await telegram.people.press(boris!, group, task?.id ?? 0, "✅")).toMatchObject({
      text: expect.stringMatching(/button first/),
    });

    await redact(bob!, room, walrus);
    await expect.poll(() => withWord(group, "walrus").map(({ text }) => text), PATIENCE).toEqual([]);
    expect(withWord(group, "ocelot").length).toBeGreaterThan(0);
    await expect.poll(() => fromBot(group).filter(({ photo }) => photo).length, PATIENCE).toBe(1);
    expect(group.messages.some(({ text }) => text.includes("(repeated)"))).toBe(false);
  },
  SLOW,
);

test(
  "the service is killed, Telegram is away, the bot is thrown out, the group becomes a supergroup: nothing is lost, and each is told once",
  async () => {
    const { room, group, said } = await bound({ supergroup: false });
    await meeting(room, "task: feed the badger");
    await answered(group, /circle is being held/);
    telegram.setAway(true);
    await bob!.say(room, "decision: the otter stays");
    await mindminder.killService();
    await mindminder.startService();
    await ann!.command(room, "!circle end");
    telegram.setAway(false);
    telegram.people.putOut(anna!, telegram.bot, group);
    const putOut = () => said().filter((text) => /may not write in the chat/.test(text));
    await expect.poll(() => putOut().length, PATIENCE).toBe(1);
    expect(withWord(group, "otter")).toEqual([]);
    telegram.people.makeAdministrator(anna!, telegram.bot, group);
    for (const word of ["badger", "otter"])
      await expect.poll(() => withWord(group, word).length, PATIENCE).toBeGreaterThan(0);
    expect(putOut()).toHaveLength(1);
    // One message was on its way when the connection or the service went, at most; it says so.
    expect(fromBot(group).filter(({ text }) => text.includes("(repeated)")).length).toBeLessThanOrEqual(1);

    const moved = telegram.people.migrate(anna!, group);
    await meeting(room, "task: buy tea");
    await ann!.command(room, "!circle end");
    await expect.poll(() => withWord(moved, "tea").length, PATIENCE).toBeGreaterThan(0);
    expect(await ann!.command(room, "!circle telegram off")).toMatch(/does not belong to this room any more/);
  },
  SLOW,
);

test(
  "a chat that is bound in the middle of a meeting gets nobody's words before all who were written down have agreed to that",
  async () => {
    const before = (room: string) => meeting(room, "task: feed the lynx");
    const { room, group, said } = await bound({ before });
    await answered(group, /circle is being held/);
    await expect.poll(() => said().join("\n"), PATIENCE).toMatch(/goes into the chat “Garden .*” in Telegram, too/);
    await ann!.command(room, "!circle agree");
    expect(withWord(group, "lynx")).toEqual([]);
    await bob!.command(room, "!circle agree");
    await ann!.command(room, "!circle end");
    await expect.poll(() => withWord(group, "lynx").length, PATIENCE).toBeGreaterThan(0);
  },
  SLOW,
);

test.runIf(LONG)(
  "a room that is replaced takes its chat along, and what was said in it still comes there",
  async () => {
    const { room, group } = await bound();
    await meeting(room, "task: feed the heron");
    await answered(group, /circle is being held/);
    const upgrade = `/rooms/${encodeURIComponent(room)}/upgrade`;
    const { replacement_room: next } = await ann!.ask<{ replacement_room: string }>("POST", upgrade, {
      new_version: "11",
    });
    for (const user_id of [bob!.userId, mindminder.botId])
      await ann!.ask("POST", `/rooms/${encodeURIComponent(next)}/invite`, { user_id });
    await bob!.join(next);
    await expect.poll(() => ann!.command(next, "!circle status").catch(() => ""), PATIENCE).not.toBe("");
    await ann!.command(room, "!circle end");
    await expect.poll(() => withWord(group, "heron").length, PATIENCE).toBeGreaterThan(0);
    await meeting(next, "task: feed the stork");
    await ann!.command(next, "!circle end");
    await expect.poll(() => withWord(group, "stork").length, PATIENCE).toBeGreaterThan(0);
  },
  SLOW,
);

test(
  "everything that the service asked of Telegram is what the Bot API takes",
  async () => {
    expect(telegram.exchanges.length).toBeGreaterThan(20);
    expect(await problemsIn(telegram.exchanges)).toEqual([]);
  },
  SLOW,
);
