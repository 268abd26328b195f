import { Api, GrammyError, InputFile } from "grammy";
import { expect, onTestFinished, test } from "vitest";
import { startTelegram } from "../support/stack/telegram.ts";
import { problemsIn, talkWith } from "../support/telegram/judged.ts";

/** All models of the Bot API are read at each start of the judge, which takes a busy machine its time. */
const JUDGING_MS = 150_000;

async function telegramWith(limit?: Parameters<typeof startTelegram>[0]) {
  const telegram = await startTelegram(limit);
  onTestFinished(() => telegram.stop());
  const api = new Api(telegram.token, { apiRoot: telegram.apiUrl });
  const [ann, bob] = [telegram.people.person("Ann", { username: "ann" }), telegram.people.person("Bob")];
  return { telegram, api, ann, bob, people: telegram.people };
}

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => {
      if (error instanceof GrammyError) return error;
      throw error;
    },
  );

test(
  "aiogram's client finds in the stand-in the Bot API that it knows",
  async () => {
    const { telegram, ann, bob, people } = await telegramWith();
    const group = telegram.group({ title: "Garden", forum: true }, [ann, bob]);
    people.say(bob, group, "/circle status");
    expect(await talkWith(telegram.apiUrl, telegram.token, group.id, bob.id)).toEqual({
      getMe: "User",
      getChat: "ChatFullInfo",
      getChatMember: "ChatMemberMember",
      html_text: "<b>bold</b> &amp; plain",
      edited: "other",
      unchanged: "TelegramBadRequest",
      markup: "Message",
      photo: "Message",
      unclosed: "TelegramBadRequest",
      "too long": "TelegramBadRequest",
      longest: "Message",
      "no topic": "TelegramBadRequest",
      deleted: "bool",
      "no chat": "TelegramBadRequest",
      flood: "TelegramRetryAfter",
      updates: ["message", "my_chat_member"],
    });
  },
  JUDGING_MS,
);

test(
  "everything the stand-in tells of its people is what the Bot API would tell",
  async () => {
    const { telegram, api, ann, bob, people } = await telegramWith();
    const group = telegram.group({ title: "Garden", forum: true }, [ann, bob]);
    await api.getUpdates({
      timeout: 0,
      allowed_updates: ["message", "callback_query", "my_chat_member", "chat_member"],
    });
    const topic = await api.createForumTopic(group.id, "Council");
    const buttons = {
      inline_keyboard: [
        [
          { text: "✅", callback_data: "1:yes" },
          { text: "open", url: "https://t.me/x" },
        ],
      ],
    };
    const asked = await api.sendMessage(group.id, "<b>Well?</b>", {
      parse_mode: "HTML",
      message_thread_id: topic.message_thread_id,
      reply_markup: buttons,
    });
    await api.sendPhoto(group.id, new InputFile(new Uint8Array([1, 2, 3]), "map.png"), {
      caption: "<i>map</i>",
      parse_mode: "HTML",
    });
    people.say(bob, group, "yes", { replyTo: asked.message_id });
    people.say(bob, people.privately(bob), "CODE");
    const pressed = people.press(bob, group, asked.message_id, "✅");
    people.leave(bob, group);
    people.putOut(ann, bob, group);
    const updates = await api.getUpdates({ timeout: 1 });
    const press = updates.find(({ callback_query: query }) => query)?.callback_query;
    await api.answerCallbackQuery(press?.id ?? "", { text: "Noted" });
    expect(await pressed).toEqual({ text: "Noted", alert: false });
    people.putOut(ann, telegram.bot, group);
    expect((await failureOf(api.sendMessage(group.id, "hello")))?.error_code).toBe(403);
    const small = telegram.group({ title: "Roof", supergroup: false }, [ann]);
    const moved = people.migrate(ann, small);
    expect((await failureOf(api.sendMessage(small.id, "hello")))?.parameters).toEqual({ migrate_to_chat_id: moved.id });
    expect((await failureOf(api.createForumTopic(moved.id, "x")))?.description).toContain("not a forum");
    await api.getUpdates({ timeout: 1, offset: (updates.at(-1)?.update_id ?? 0) + 1 });
    await api.setWebhook("http://127.0.0.1:9/none", { secret_token: "s" });
    expect((await failureOf(api.getUpdates()))?.error_code).toBe(409);
    await api.getWebhookInfo();
    await api.deleteWebhook();
    const wrong = [
      {
        method: "sendMessage",
        request: { chat_id: 1, text: "x", loud: true },
        answer: { ok: true, result: { message_id: "no" } },
      },
      { method: "deleteMessage", request: { chat_id: 1 }, answer: { ok: true, result: true } },
    ] as const;
    const problems = await problemsIn([...telegram.exchanges, ...wrong]);
    // The judge sees what is wrong, and nothing else.
    expect(problems[0]).toBe("sendMessage: request.loud is unknown");
    expect(problems.filter((line) => /^[a-z]+[A-Z]\w+: /.test(line))).toHaveLength(3);
  },
  JUDGING_MS,
);

test("a group takes twenty sendings and edits in its window, and says when the next may come", async () => {
  const { telegram, api, ann } = await telegramWith({ count: 20, windowMs: 60_000 });
  const group = telegram.group({ title: "Garden" }, [ann]);
  const first = await api.sendMessage(group.id, "0");
  for (let n = 1; n < 20; n++) await api.editMessageText(group.id, first.message_id, String(n));
  const failure = await failureOf(api.sendMessage(group.id, "one too many"));
  expect(failure?.error_code).toBe(429);
  expect(failure?.parameters.retry_after).toBeGreaterThan(30);
  expect(group.messages.map(({ text }) => text)).toEqual(["19"]);
});
