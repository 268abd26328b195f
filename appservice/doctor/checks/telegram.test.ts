import { expect, onTestFinished, test } from "vitest";
import { startTelegram } from "../../../tests/support/stack/telegram.ts";
import { lookAtBot } from "./telegram.ts";

async function bot() {
  const telegram = await startTelegram();
  onTestFinished(() => telegram.stop());
  const look = { token: telegram.token, apiUrl: telegram.apiUrl, testEnvironment: false, webhook: false, bot: null };
  const found = async (change: Partial<Parameters<typeof lookAtBot>[0]> = {}) =>
    (await lookAtBot({ ...look, ...change })).map(({ state, what, remedy }) => `${state}: ${what} ${remedy}`.trim());
  return { telegram, found };
}

test("a bot that is as it should be is found in order, by whatever case its name is written", async () => {
  const { found } = await bot();
  const inOrder = [
    "in-order: The token is that of @MindminderTestBot.",
    "in-order: The bot can be added to groups.",
    "in-order: The bot asks for what happens.",
  ];
  expect(await found()).toEqual(inOrder);
  expect(await found({ bot: "mindmindertestbot" })).toEqual(inOrder);
});

test("another bot's token, one that nobody knows, and a webhook of somebody else's are told with what helps", async () => {
  const { telegram, found } = await bot();
  expect((await found({ bot: "other_bot" }))[0]).toMatch(/^problem: .*names another\. Write “bot: MindminderTestBot”/);
  const unknown = await found({ token: "7000000001:AAbbccddeeffgghhiijjkkllmmnnooppqqr" });
  expect(unknown).toEqual([expect.stringMatching(/^problem: Telegram does not know the token\. Ask @BotFather/)]);
  await fetch(`${telegram.apiUrl}/bot${telegram.token}/setWebhook`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ url: `${telegram.apiUrl}/elsewhere` }),
  });
  expect((await found())[2]).toMatch(/^warning: Telegram brings what happens to an address/);
  expect((await found({ webhook: true }))[2]).toBe("in-order: Telegram brings what happens to the service.");
});

test("Telegram that is away is told without the token, which stands in every address", async () => {
  const { telegram, found } = await bot();
  telegram.setAway(true);
  const [said, ...more] = await found();
  expect(more).toEqual([]);
  expect(said).toMatch(/^problem: Telegram cannot be reached at http:\/\/127\.0\.0\.1:\d+ \(/);
  expect(said).not.toContain(telegram.token.split(":")[1]);
});
