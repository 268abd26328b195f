import { wordFor } from "../../language/command-words.ts";
import type { Translate } from "../../language/translate.ts";
import type { ListedCommand } from "./context.ts";

/** Form in which a command is written in this language. */
export function usageOf({ name }: Pick<ListedCommand, "name">, t: Translate): string {
  return [t("command.prefix"), wordFor(`command.word.${name}`, t), t(`command.usage.${name}`)]
    .filter((part) => part !== "")
    .join(" ");
}
