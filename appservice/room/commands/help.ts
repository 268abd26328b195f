import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import type { Translate } from "../../language/translate.ts";
import { MARKED_KINDS, marksOf } from "../marks.ts";
import type { Line } from "../messages/message.ts";
import type { CommandName } from "../../language/command-words.ts";
import { asyncCommand } from "./command.ts";
import { GROUPS, type ListedCommand, type Uses } from "./context.ts";
import { sayInThread } from "./outcome.ts";
import { usageOf } from "./usage.ts";

/** Commands that are all most people ever write. */
const FIRST: readonly CommandName[] = ["join", "start", "pass", "end", "link"];

const Args = z
  .array(z.string())
  .max(1)
  .transform(([typed], context): "first" | "all" => {
    if (typed === undefined) return "first";
    if (meaningOf(typed, ["word.help.all"])) return "all";
    context.addIssue("no part of the help");
    return z.NEVER;
  });

/**
 * Answers in a thread on the question, so that nobody else has to read it; all of it, while a meeting runs, to the
 * person alone.
 */
export const help = asyncCommand({
  name: "help",
  group: "room",
  args: Args,
  run: async (what, { t, commands, live, tellAlone }: Uses<"t" | "commands" | "live" | "tellAlone">) => {
    const lines = what === "all" ? allOf(commands, t) : firstOf(commands, t);
    const runs = live !== null && live.meeting.phase !== "ended";
    if (what === "all" && runs && (await tellAlone(lines))) return sayInThread(t("command.help.sent"));
    return sayInThread(...lines);
  },
});

function firstOf(commands: readonly ListedCommand[], t: Translate): Line[] {
  const first = FIRST.flatMap((name) => commands.filter((each) => each.name === name));
  return [{ heading: t("command.help.title") }, ...first.map((each) => lineOf(each, t)), t("command.help.more")];
}

function allOf(commands: readonly ListedCommand[], t: Translate): Line[] {
  return [
    { heading: t("command.help.title") },
    ...GROUPS.flatMap((group): Line[] => [
      t(`command.group.${group}`),
      ...commands.filter((each) => each.group === group).map((each) => lineOf(each, t)),
    ]),
    t("command.help.reactions"),
    ...MARKED_KINDS.map((kind): Line => ({ lead: t(`mark.kind.${kind}`), item: marksOf(kind, t) })),
    { small: t("mark.undo") },
  ];
}

function lineOf(each: ListedCommand, t: Translate): Line {
  return { lead: usageOf(each, t), item: t(`command.help.${each.name}`) };
}
