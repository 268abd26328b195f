import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TelegramOptions, telegramConnection } from "./options.ts";

const TOKEN = "7000000001:AAbbccddeeffgghhiijjkkllmmnnooppqqr";
const OURS = { bot: "circle_bot", app: "circle" };

const problemOf = (given: object) => TelegramOptions.safeParse(given).error?.issues.map(({ path }) => path.join("."));

test.each([
  ["neither a token nor its file", OURS, "token"],
  ["both", { ...OURS, token: TOKEN, tokenFile: "t" }, "token"],
  ["what is no token", { ...OURS, token: "secret" }, "token"],
  ["a username with its @", { ...OURS, token: TOKEN, bot: "@circle_bot" }, "bot"],
  ["no app", { bot: "circle_bot", token: TOKEN }, "app"],
  ["an address of another kind", { ...OURS, token: TOKEN, apiUrl: "ftp://x.org" }, "apiUrl"],
])("%s is refused by its key", (_, given, key) => expect(problemOf(given)).toEqual([key]));

test("the token is read from its file, and the bot is known by it", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-"));
  writeFileSync(join(folder, "telegram-token"), `${TOKEN}\n`);
  const options = TelegramOptions.parse({ ...OURS, tokenFile: "telegram-token", apiUrl: "http://127.0.0.1:8081/" });
  expect(telegramConnection(options, folder)).toEqual({
    ...OURS,
    token: TOKEN,
    botId: 7000000001,
    apiUrl: "http://127.0.0.1:8081",
    testEnvironment: false,
    proof: "token",
    webhook: false,
  });
  writeFileSync(join(folder, "telegram-token"), "something else");
  expect(() => telegramConnection(options, folder)).toThrow(/telegram\.tokenFile/);
});
