import type { AnyCommand } from "./command.ts";
import { help } from "./help.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { accept, end, extend, join, leave, next, pass, pause, resume, skip } from "./steering.ts";

/** All typed commands, in the order in which help lists them. */
export const COMMANDS: readonly AnyCommand[] = [
  start, status, join, leave, accept, pass, skip, extend, pause, resume, next, end, help,
];

export const PREFIX = "!circle";

/** `!circle pass` → the command and its words; null for what is not addressed to the bot. A bare `!circle` asks for help. */
export function readCommand(body: string): { name: string; words: string[] } | null {
  const [first = "", name = "help", ...words] = body.trim().split(/\s+/);
  return first.toLowerCase() === PREFIX ? { name: name.toLowerCase(), words } : null;
}
