import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import type { Translate } from "../../language/translate.ts";
import { LONGEST_SECTION, MOST_SECTIONS, type SummaryTemplate } from "../../protocol/summary-template.ts";
import { command } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { refused, say } from "./outcome.ts";

const KINDS = ["show", "short", "long", "outcome", "own", "usual"] as const;
type Kind = (typeof KINDS)[number];

type Summing = Uses<"t" | "chooseSummaryTemplate" | "summaryTemplate" | "rest" | "actor" | "live">;

export const summary = command({
  name: "summary",
  group: "room",
  args: z.array(z.string()).transform(([typed, ...more], context): Kind => {
    const kind =
      typed === undefined
        ? "show"
        : KINDS.find((each) => each !== "show" && meaningOf(typed, [`word.summary.${each}`]) !== null);
    if (kind && (kind === "own") === more.length > 0) return kind;
    context.addIssue("no way to sum up");
    return z.NEVER;
  }),
  run: (kind, context: Summing) => {
    const { t, chooseSummaryTemplate, summaryTemplate, rest } = context;
    if (kind === "show")
      return say(t("summary-template.now", { template: named(summaryTemplate, t) }), t("summary-template.how"));
    if (!allowed("set-up-room", context)) return refused("not-keeper");
    const template = kind === "usual" ? null : kind === "own" ? sectionsOf(rest) : { kind };
    if (typeof template === "string")
      return say(t(`summary-template.${template}`, { most: MOST_SECTIONS, letters: LONGEST_SECTION }));
    chooseSummaryTemplate(template);
    return say(
      t("summary-template.chosen", { template: named(template, t) }),
      ...((template && "sections" in template) || kind === "outcome" ? [t("summary-template.needs-model")] : []),
    );
  },
});

/** Headings as they were typed: parted by lines or by |. */
function sectionsOf(rest: string): SummaryTemplate | "too-many" | "too-long" {
  const sections = rest
    .replace(/^\S+/, "")
    .split(/[\n|]/)
    .map((section) =>
      section
        .replace(/\s+/g, " ")
        .replace(/[<>[\]]/g, "")
        .trim(),
    )
    .filter(Boolean);
  if (sections.length > MOST_SECTIONS || sections.length === 0) return "too-many";
  if (sections.some((section) => section.length > LONGEST_SECTION)) return "too-long";
  return { kind: "own", sections: [...new Set(sections)] };
}

function named(template: SummaryTemplate | null, t: Translate): string {
  return template?.kind === "own" ? template.sections.join(" | ") : t(`summary-template.${template?.kind ?? "usual"}`);
}
