import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { ensureAiogram } from "../../../tools/setup/aiogram.ts";
import { quiet } from "../../../tools/setup/progress.ts";
import type { Exchange } from "../stack/telegram.ts";

const JUDGE = fileURLToPath(new URL("judge.py", import.meta.url));

async function ask(args: readonly string[], input = ""): Promise<string> {
  const { python } = await ensureAiogram(quiet);
  const child = spawn(python, [JUDGE, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(input);
  const [said, problem, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once("exit", resolve)),
  ]);
  if (code !== 0) throw new Error(`the judge failed: ${problem}`);
  return said.trim();
}

/** Everything in requests and answers that aiogram's models of the Bot API would not have. */
export async function problemsIn(exchanges: readonly Exchange[]): Promise<string[]> {
  // A file has no form in JSON; the Bot API takes the name of one as well.
  const lines = exchanges.map((each) =>
    JSON.stringify(each, (_, value: unknown) => (value instanceof Blob ? "attached" : value)),
  );
  const said = await ask(["exchanges"], lines.join("\n"));
  return said === "" ? [] : said.split("\n");
}

/** What aiogram's own client makes of a server that it asks for everything. */
export async function talkWith(url: string, token: string, chat: number, person: number): Promise<unknown> {
  return JSON.parse(await ask(["talk", url, token, String(chat), String(person)])) as unknown;
}
