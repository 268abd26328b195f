import fc from "fast-check";
import { Api, HttpError } from "grammy";
import { pino } from "pino";
import { expect, test } from "vitest";
import type { User } from "grammy/types";
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

const [ROOM, MEETING, ANN] = [roomId("!garden:example.org"), meetingId("m00000001"), personId("@ann:example.org")];
const BOT: User = { id: 7_000_000_000, is_bot: true, first_name: "Mindminder", username: "MindminderBot" };
const REPEATED = "(repeated)";
const CHAT = -1_001_000_000_001;

/** The service dies, with what it asked done or not. */
class Crash extends Error {}

type Trouble = "crash-before" | "crash-after" | "cut-before" | "cut-after" | "flood" | "down";

/** A chat of the stand-in with virtual time, and a poster that may die and come back with the same database. */
function stage(forum: boolean) {
  let [now, repeated] = [1_000_000, 0];
  const troubles: Trouble[] = [];
  const asked: number[] = [];
  const told: (number | null)[] = [];
  let awayUntil = 0;
  const group = new TelegramGroup(CHAT, { title: "Garden", forum }, { bot: BOT, limit: GROUP_LIMIT });
  const taken: { at: number; method: string; message: unknown }[] = [];
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
    asked.push(now);
    if (now < awayUntil) throw httpError("ECONNREFUSED");
    const trouble = troubles.pop();
    if (trouble === "crash-before") throw new Crash();
    if (trouble === "cut-before") throw httpError("ECONNREFUSED");
    if (trouble === "flood")
      return {
        ok: false,
        error_code: 429,
        description: "Too Many Requests: retry after 7",
        parameters: { retry_after: 7 },
      };
    if (trouble === "down") return { ok: false, error_code: 502, description: "Bad Gateway" };
    const request = REQUESTS[method as keyof typeof REQUESTS].parse(payload);
    const said = (await answer(method as keyof typeof REQUESTS, request, world)) as { ok: boolean; result?: unknown };
    if (said.ok && /^(send|edit|create)/.test(method))
      taken.push({ at: now, method, message: "message_id" in request ? request.message_id : null });
    if (trouble === "crash-after") throw new Crash();
    if (trouble === "cut-after") throw httpError("ECONNRESET");
    return said as never;
  });
  const db = openDatabase(":memory:");
  const chats = new TelegramChats(db);
  chats.bind(chats.offer(ROOM, ANN, now), { chat: CHAT, title: "Garden", forum }, now);
  const outbox = new ChatOutbox(db);
  const live = () =>
    new ChatPoster({
      outbox,
      chats,
      api: chatApi(api, BOT.id),
      limit: GROUP_LIMIT,
      pictureOf: async () => null,
      now: () => now,
      log: pino({ level: "silent" }),
      mayWrite: async () => "yes",
      titleOf: () => "Council",
      repeated: () => REPEATED,
      blank: () => "…",
      onRepeated: () => {
        repeated += 1;
      },
      onLost: () => {},
      onAway: (_, since) => void told.push(since),
    });
  let poster = live();
  const step = async () => {
    try {
      return await poster.step(ROOM);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      poster = live();
      return { againInMs: 500 };
    }
  };
  return {
    group,
    outbox,
    troubles,
    taken,
    asked,
    told,
    /** Takes Telegram away for so long. */
    away(ms: number): void {
      awayUntil = now + ms;
    },
    repeated: () => repeated,
    /** Lets time go by. */
    async pass(ms: number): Promise<void> {
      const until = now + ms;
      for (let did = await step(); did !== "idle" && now + did.againInMs <= until; did = await step())
        now += did.againInMs;
      now = until;
    },
    /** Until nothing waits; the milliseconds that it took. */
    async settle(): Promise<number> {
      const from = now;
      for (let did = await step(), n = 0; did !== "idle" && n < 10_000; did = await step(), n++) now += did.againInMs;
      return now - from;
    },
  };
}

function httpError(code: string): Error {
  return new HttpError("the network failed", Object.assign(new Error(code), { code }));
}

/** Texts that stand, without the words for what may stand twice. */
const texts = (group: TelegramGroup) =>
  group.messages
    .filter(({ isTopicBegun }) => isTopicBegun === null)
    .map(({ text }) => text.replace(`\n${REPEATED}`, ""));

type Change = {
  readonly key: number;
  readonly text: string;
  readonly parts: number;
  readonly gone: boolean;
  readonly passMs: number;
};

const change: fc.Arbitrary<Change> = fc.record({
  key: fc.nat({ max: 6 }),
  text: fc.constantFrom("one", "two", "three", "four", "five"),
  parts: fc.integer({ min: 1, max: 2 }),
  gone: fc.boolean(),
  passMs: fc.constantFrom(0, 0, 10, 1_000, 7_000),
});
const trouble = fc.constantFrom<(Trouble | null)[]>(
  "crash-before",
  "crash-after",
  "cut-before",
  "cut-after",
  "flood",
  "down",
  null,
  null,
  null,
);

test("whatever happens, the last state stands, no faster than Telegram takes it, and nothing is doubled in silence", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 40 }),
      fc.array(trouble, { maxLength: 25 }),
      fc.boolean(),
      async (changes, happens, forum) => {
        const { group, outbox, troubles, taken, repeated, pass, settle } = stage(forum);
        const wanted = new Map<string, string[]>();
        for (const [place, { key, text, parts, gone, passMs }] of changes.entries()) {
          const next = happens[place];
          if (next) troubles.push(next);
          const name = `k${key}`;
          if (gone) wanted.delete(name);
          else
            wanted.set(
              name,
              Array.from({ length: parts }, (_, part) => `${name} ${text} ${part}`),
            );
          if (!gone)
            outbox.want(ROOM, MEETING, [
              { key: name, answers: key === 0 ? null : "k0", parts: wanted.get(name) ?? [], buttons: [] },
            ]);
          outbox.review(MEETING, new Set(wanted.keys()));
          await pass(passMs);
        }
        troubles.push(...happens.slice(changes.length).flatMap((each) => each ?? []));
        await settle();
        const standing = texts(group);
        const all = [...wanted.values()].flat();
        for (const text of all) expect(standing).toContain(text);
        // Of two that say the same, one at least says that it is repeated; and each repetition was counted.
        for (const text of all)
          expect(group.messages.filter((message) => message.text === text).length).toBeLessThanOrEqual(1);
        const marked = group.messages.filter(({ said }) => said.some((text) => text.includes(REPEATED)));
        expect(marked.length).toBeLessThanOrEqual(repeated());
        // Only what was on its way when the service or the connection died stands besides.
        const lost = happens.filter((each) => each?.endsWith("-after") || each === "down").length;
        expect(standing.length - all.length).toBeLessThanOrEqual(lost);
        for (const { at } of taken)
          expect(
            taken.filter((each) => each.at > at - GROUP_LIMIT.windowMs && each.at <= at).length,
          ).toBeLessThanOrEqual(GROUP_LIMIT.count);
        const edits = taken.filter(({ method }) => method === "editMessageText");
        for (const [place, { at, message }] of edits.entries()) {
          const before = edits.slice(0, place).findLast((each) => each.message === message);
          if (before) expect(at - before.at).toBeGreaterThanOrEqual(6_000);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("a message that may be gone, since the answer to its deletion was lost, stands again where the same is wanted once more", async () => {
  const { group, outbox, troubles, pass, settle } = stage(false);
  const want = (text: string) => outbox.want(ROOM, MEETING, [{ key: "k", answers: null, parts: [text], buttons: [] }]);
  want("four");
  await settle();
  outbox.review(MEETING, new Set());
  troubles.push("down", "cut-after");
  await pass(7_000);
  expect(texts(group)).toEqual([]);
  want("four");
  await settle();
  expect(texts(group)).toEqual(["four"]);
});

test("where an unknown copy may stand, the same says that it is repeated, also once it was taken away and is wanted again", async () => {
  const { group, outbox, troubles, settle } = stage(false);
  const want = () => outbox.want(ROOM, MEETING, [{ key: "k", answers: null, parts: ["two"], buttons: [] }]);
  troubles.push("cut-after");
  outbox.want(ROOM, MEETING, [{ key: "first", answers: null, parts: ["one"], buttons: [] }]);
  await settle();
  want();
  troubles.push("cut-after");
  await settle();
  outbox.review(MEETING, new Set(["first"]));
  await settle();
  want();
  await settle();
  expect(group.messages.filter(({ text }) => text === "two")).toHaveLength(1);
  expect(group.messages.filter(({ text }) => text === `two\n${REPEATED}`)).toHaveLength(1);
});

test("Telegram is away for an hour in the middle of a meeting: then all of it arrives in its last state, in order, once", async () => {
  const { group, outbox, asked, told, taken, away, pass, settle, repeated } = stage(true);
  const want = (key: string, text: string) =>
    outbox.want(ROOM, MEETING, [{ key, answers: key === "circle" ? null : "circle", parts: [text], buttons: [] }]);
  want("circle", "the circle begins");
  await settle();
  away(3_600_000);
  const before = asked.length;
  for (let minute = 0; minute < 60; minute++) {
    want("circle", `the circle, minute ${minute}`);
    if (minute % 6 === 0) want(`turn-${minute}`, `said in minute ${minute}`);
    await pass(60_000);
  }
  // Asked ever more seldom and not given up, and once more whenever something new is wanted.
  expect(asked.length - before).toBeGreaterThan(50);
  expect(asked.length - before).toBeLessThan(80 + 60);
  expect(new Set(told.filter((since) => since !== null)).size, "one outage").toBe(1);
  const took = await settle();
  expect(took, "told within a minute that Telegram is back, and then as fast as it takes it").toBeLessThan(180_000);
  expect(told.at(-1)).toBeNull();
  expect(texts(group)).toEqual([
    "the circle, minute 59",
    ...Array.from({ length: 10 }, (_, n) => `said in minute ${n * 6}`),
  ]);
  expect(repeated()).toBe(0);
  expect(taken.filter(({ method }) => method === "editMessageText")).toHaveLength(1);
});
