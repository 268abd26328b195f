import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { visible } from "../protocol/visible.ts";
import { normalise } from "./normalise.ts";
import type { MessageKey, Translate } from "./translate.ts";

/** Name of a typed command, under which the catalogues have its words, its usage and its help. */
export type CommandName = MessageKey extends infer K ? (K extends `command.word.${infer Name}` ? Name : never) : never;

const CATALOGUES: readonly { readonly [key: string]: string }[] = [en, ru];

/** The key that a typed word stands for, in either language; null when it stands for none. */
export function meaningOf<K extends MessageKey>(typed: string, keys: readonly K[]): K | null {
  const word = normalise(visible(typed));
  return (
    keys.find((key) =>
      CATALOGUES.some((catalogue) =>
        normalise(catalogue[key] ?? "")
          .split("|")
          .includes(word),
      ),
    ) ?? null
  );
}

/** The word to show for it. */
export function wordFor(key: MessageKey, t: Translate): string {
  return t(key).split("|")[0] ?? "";
}
