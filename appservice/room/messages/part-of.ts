import type { Translate } from "../../language/translate.ts";

/** ` (part 2 of 3)` behind a heading; nothing where one message holds all. */
export function partOf(index: number, parts: number, t: Translate): string {
  return parts > 1 ? ` ${t("turn.part", { part: index + 1, parts })}` : "";
}
