import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startTelegram } from "../support/stack/telegram.ts";

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");

async function stage() {
  const telegram = await startTelegram();
  const folder = mkdtempSync(join(tmpdir(), "mindminder-telegram-"));
  onTestFinished(async () => {
    await telegram.stop();
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "token");
  writeFileSync(file, `${telegram.token}\n`);
  /** Runs the command as an admin would; the stand-in answers in this process. */
  const check = async (...args: string[]) => {
    const given = ["telegram", "check", "--token-file", file, "--api", telegram.apiUrl, ...args];
    const child = spawn(process.execPath, [PROGRAM, ...given]);
    const ended = new Promise<number | null>((done) => child.on("close", done));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { status: await ended, out, err };
  };
  return { telegram, file, check };
}

test("the bot is looked at, and in a chat a message is sent, edited and taken away, in a topic where there are some", async () => {
  const { telegram, check } = await stage();
  expect(await check()).toMatchObject({
    status: 0,
    out: expect.stringContaining("✓ The token is that of @Mindminder"),
  });
  const ann = telegram.people.person("Ann");
  for (const forum of [false, true]) {
    const group = telegram.group({ title: "Garden", forum }, [ann]);
    const { status, out } = await check("--chat", String(group.id));
    expect(status).toBe(0);
    expect(out).toContain(`The chat is “Garden”; ${forum ? "each meeting gets a topic" : "meetings are threads"}`);
    expect(out).toContain("A message was sent, edited and taken away.");
    expect(group.messages.filter(({ isTopicBegun }) => isTopicBegun === null)).toEqual([]);
    expect(group.removed.map(({ said }) => said)).toEqual([["A check of Mindminder", "A check of Mindminder, edited"]]);
  }
});

test("a token that Telegram does not know, a file that is not there, and a chat without the bot end with 1 and what helps", async () => {
  const { telegram, file, check } = await stage();
  const group = telegram.group({ title: "Garden" }, [telegram.people.person("Ann")]);
  telegram.people.remove(telegram.bot, group);
  const gone = await check("--chat", String(group.id));
  expect(gone).toMatchObject({ status: 1, err: "" });
  expect(gone.out).toMatch(/✗ It cannot be done in this chat \(.*deleted\)\. Look whether the number is the chat's/);
  writeFileSync(file, "7000000001:AAbbccddeeffgghhiijjkkllmmnnooppqqr");
  const unknown = await check();
  expect(unknown.status).toBe(1);
  expect(unknown.out).toContain("Ask @BotFather for the bot's token");
  rmSync(file);
  const missing = await check();
  expect(missing.status).toBe(1);
  expect(missing.err).toContain("Put the token that @BotFather tells into it");
});
