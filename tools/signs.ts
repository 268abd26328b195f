import { translateTo } from "../appservice/language/translate.ts";
import type { Language } from "../appservice/protocol/identity.ts";
import { becomes, MARKED_KINDS, type MarkedKind, marksOf, secondBecomes } from "../appservice/room/marks.ts";

/** List of the reactions to press on messages of tasks, decisions and questions, a line for each kind. */
export function signsList(language: Language): string {
  const t = translateTo(language);
  return MARKED_KINDS.map((kind) => `- ${t(`mark.kind.${kind}`)}: ${marksOf(kind, t)}`).join("\n");
}

/** Table of what each reaction does, for `docs/tasks.md`. */
export function signsTable(language: Language): string {
  const t = translateTo(language);
  const word = (kind: MarkedKind, status: ReturnType<typeof becomes>) =>
    status === null || status === "suggested" ? "–" : t(`mark.${kind}.${status}` as "mark.task.done");
  const row = (sign: string, of: (kind: MarkedKind) => ReturnType<typeof becomes>) =>
    `| ${[sign, ...MARKED_KINDS.map((kind) => word(kind, of(kind)))].join(" | ")} |`;
  return [
    `| on its message | ${MARKED_KINDS.map((kind) => t(`mark.kind.${kind}`).toLowerCase()).join(" | ")} |`,
    "|---|---|---|---|",
    row("✅ on a suggestion", (kind) => becomes("✅", kind, "suggested")),
    row("✅ once more", secondBecomes),
    row("☑️ at any time", (kind) => becomes("☑️", kind, "suggested")),
    row("❌", (kind) => becomes("❌", kind, "suggested")),
  ].join("\n");
}
