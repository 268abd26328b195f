import { z } from "zod";
import { wordFor } from "../../language/command-words.ts";
import type { Translate } from "../../language/translate.ts";
import { MARKED_KINDS, marksOf } from "../marks.ts";
import type { Line } from "../messages/message.ts";
import { type AnyCommand, command, GROUPS, say } from "./command.ts";

/** How a command is written in this language. */
export function usageOf({ name }: AnyCommand, t: Translate): string {
  return [t("command.prefix"), wordFor(`command.word.${name}`, t), t(`command.usage.${name}`)].filter((part) => part !== "").join(" ");
}

export const help = command({
  name: "help", group: "room", args: z.array(z.string()),
  run: (_, { t, commands }) => say(
    { heading: t("command.help.title") },
    ...GROUPS.flatMap((group): Line[] => [
      t(`command.group.${group}`),
      ...commands.filter((each) => each.group === group).map((each) => ({ lead: usageOf(each, t), item: t(`command.help.${each.name}`) })),
    ]),
    t("command.help.reactions"),
    ...MARKED_KINDS.map((kind): Line => ({ lead: t(`mark.kind.${kind}`), item: marksOf(kind, t) })),
    { small: t("mark.undo") },
  ),
});
