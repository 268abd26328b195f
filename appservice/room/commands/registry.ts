import { fromFirstVisible } from "../../protocol/visible.ts";
import { meaningOf } from "../../language/command-words.ts";
import type { AnyCommand } from "./command.ts";
import { account, pot } from "./account.ts";
import { agree, disagree } from "./agreement.ts";
import { assembly } from "./assembly.ts";
import { accept, join, leave, pass, skip } from "./taking-part.ts";
import { again, close, longer, mute, order, out, theme } from "./arranging.ts";
import { consentWith } from "./consent.ts";
import { forget } from "./forget.ts";
import { export_ } from "./export.ts";
import { guests } from "./guests.ts";
import { help } from "./help.ts";
import { commandsOfKinds } from "./of-kinds.ts";
import { language } from "./language.ts";
import { link, signout } from "./link.ts";
import { my } from "./my.ts";
import { correct, redo } from "./record.ts";
import { scenario } from "./scenario.ts";
import { scribe } from "./scribe.ts";
import { speech, vocabulary } from "./speech.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { summary } from "./summary.ts";
import { end, extend, keeper, next, pause, resume } from "./steering.ts";
import { telegram } from "./telegram.ts";
import { down, hand, word } from "./voices.ts";

/** All typed commands, in the order in which help lists them. */
export const COMMANDS: readonly AnyCommand[] = [
  join,
  agree,
  disagree,
  scribe,
  leave,
  accept,
  pass,
  word,
  skip,
  hand,
  down,
  ...commandsOfKinds.map((each) => (each.name === "consent" ? consentWith(each) : each)),
  link,
  signout,
  start,
  assembly,
  status,
  extend,
  pause,
  resume,
  next,
  keeper,
  guests,
  end,
  close,
  order,
  out,
  again,
  longer,
  theme,
  mute,
  correct,
  redo,
  export_,
  my,
  forget,
  account,
  pot,
  telegram,
  scenario,
  summary,
  vocabulary,
  speech,
  language,
  help,
];

export type Typed = {
  readonly command: AnyCommand | null;
  readonly name: string;
  readonly words: readonly string[];
  readonly rest: string;
};

const LONGEST_NAME = 100;

/**
 * `!circle pass`, `!круг передать` → the command, and the text behind it; null for text that is not addressed to the
 * bot. A bare `!circle` asks for help.
 */
export function readCommand(given: string): Typed | null {
  // The byte order mark counts as a blank, and would part the words that it stands in.
  const body = fromFirstVisible(given.replaceAll("\ufeff", ""));
  // Text that does not begin as a command does is not searched.
  if (meaningOf(/\S+/.exec(body.slice(0, LONGEST_NAME))?.[0] ?? "", ["command.prefix"]) === null) return null;
  const [, , name = "help", rest = ""] = /^\s*(\S+)(?:\s+(\S+))?(?:\s+([\s\S]*))?$/.exec(body) ?? [];
  const text = fromFirstVisible(rest).trim();
  const word = name.slice(0, LONGEST_NAME);
  const command = COMMANDS.find((each) => meaningOf(word, [`command.word.${each.name}`]) !== null) ?? null;
  return { command, name, words: text === "" ? [] : text.split(/\s+/), rest: text };
}
