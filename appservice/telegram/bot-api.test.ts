import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Bot } from "grammy";
import { expect, onTestFinished, test, vi } from "vitest";
import { chatApi } from "./bot/chat-api.ts";
import { mayBeDone } from "./bot/refused.ts";
import { ANSWERS_WITHIN_S, botApi, botApiClient, HOLDS_S } from "./bot-api.ts";

const TOKEN = "123456:AAbbccddeeffgghhiijjkkllmmnnooppqqr";

/** A Bot API that takes what is asked and never answers. */
async function muteTelegram() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, connection: { token: TOKEN, apiUrl: `http://127.0.0.1:${port}`, testEnvironment: false } };
}

test("whatever Telegram is asked ends in time where it does not answer, and may have been done", async () => {
  const { server, connection } = await muteTelegram();
  const bot = new Bot(TOKEN, { client: botApiClient(connection) });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  for (const api of [chatApi(bot.api, 1), chatApi(botApi(connection), 1)])
    for (const call of [() => api.look(-5), () => api.isAdministrator(-5, 7)]) {
      const asked = once(server, "request");
      const failed = call().then(
        () => null,
        (error: unknown) => error,
      );
      await asked;
      vi.advanceTimersByTime(ANSWERS_WITHIN_S * 1_000);
      expect(mayBeDone(await failed)).toBe(true);
    }
});

test("it is not given up while Telegram holds the question of what happens", () => {
  expect(HOLDS_S).toBeLessThan(ANSWERS_WITHIN_S);
});
