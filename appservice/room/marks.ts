import type { Translate } from "../language/translate.ts";
import type { DecisionStatus, QuestionStatus, TaskStatus } from "../protocol/correction.ts";

/** Signs by which people say, on its message, what becomes of a task, a decision or a question. */
export const MARKS = ["✅", "☑️", "❌"] as const;
export type MinutesMark = (typeof MARKS)[number];

/** Marks that the bot puts on such a message itself, so that a tap is enough. */
export const OFFERED_MARKS: readonly MinutesMark[] = ["✅", "❌"];

type StatusOf = { readonly task: TaskStatus; readonly decision: DecisionStatus; readonly question: QuestionStatus };
export type MarkedKind = keyof StatusOf;
export type MarkedStatus = StatusOf[MarkedKind];
type Rules = {
  readonly [Kind in MarkedKind]: {
    readonly [Status in StatusOf[Kind]]: { readonly [M in MinutesMark]?: StatusOf[Kind] };
  };
};

/**
 * Status that a sign gives to a thing, by the status that it has. The bot, its help, the user guide, `docs/tasks.md`
 * and the README's sentence are made from this or compared with it.
 */
const BECOMES: Rules = {
  task: {
    suggested: { "✅": "open", "☑️": "done", "❌": "dropped" },
    open: { "✅": "done", "☑️": "done", "❌": "dropped" },
    done: { "❌": "dropped" },
    dropped: { "✅": "open", "☑️": "done" },
  },
  decision: {
    suggested: { "✅": "confirmed", "❌": "dropped" },
    confirmed: { "❌": "dropped" },
    dropped: { "✅": "confirmed" },
  },
  question: {
    suggested: { "✅": "open", "☑️": "answered", "❌": "dropped" },
    open: { "✅": "answered", "☑️": "answered", "❌": "dropped" },
    answered: { "❌": "dropped" },
    dropped: { "✅": "open", "☑️": "answered" },
  },
};
export const MARKED_KINDS = ["task", "decision", "question"] as const satisfies readonly MarkedKind[];

/** Clients send emoji with and without the mark for colour. */
export function markOf(key: string): MinutesMark | null {
  return MARKS.find((mark) => bare(mark) === bare(key)) ?? null;
}

function bare(emoji: string): string {
  return emoji.replace(/\u{FE0F}/gu, "");
}

/** Status that a sign gives to a thing; null where it changes nothing. */
export function becomes(mark: MinutesMark, kind: MarkedKind, status: MarkedStatus): MarkedStatus | null {
  const rules: { readonly [status: string]: { readonly [M in MinutesMark]?: MarkedStatus } } = BECOMES[kind];
  return rules[status]?.[mark] ?? null;
}

/** Status that a second ✅ gives to a suggestion. */
export function secondBecomes(kind: MarkedKind): MarkedStatus | null {
  const confirmed = becomes("✅", kind, "suggested");
  return confirmed && becomes("✅", kind, confirmed);
}

/**
 * Line of all that the signs do to one kind of thing, from the suggestion on: `✅ confirm · ✅ again or ☑️ done · ❌
 * dismiss`.
 */
export function marksOf(kind: MarkedKind, t: Translate): string {
  const finished = secondBecomes(kind);
  const again =
    finished === null ? [] : [`${t("mark.again", { mark: "✅", other: "☑️" })} ${t(wordOf(kind, finished))}`];
  return [...said("✅", kind, "suggested", t), ...again, ...said("❌", kind, "suggested", t)].join(" · ");
}

function said(mark: MinutesMark, kind: MarkedKind, status: MarkedStatus, t: Translate): string[] {
  const next = becomes(mark, kind, status);
  return next === null ? [] : [`${mark} ${t(wordOf(kind, next))}`];
}

type MarkWord = { [Kind in MarkedKind]: `mark.${Kind}.${Exclude<StatusOf[Kind], "suggested">}` }[MarkedKind];

function wordOf(kind: MarkedKind, status: MarkedStatus): MarkWord {
  return `mark.${kind}.${status}` as MarkWord;
}
