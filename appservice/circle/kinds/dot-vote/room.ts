import { z } from "zod";
import type { Line } from "../../../language/line.ts";
import { shortened } from "../../../language/shortened.ts";
import type { CircleSnapshot } from "../../../protocol/meeting-snapshot.ts";
import type { EndedCircle } from "../../circle.ts";
import type { ExportedOutcome, Saying, TypedAnswer, TypedCommand, Typing } from "../contract.ts";
import { byDots, dotsOn } from "./groups.ts";
import { voteShown } from "./shown.ts";
import { DOTS, type DotVoteData, type TextGroup } from "./words.ts";

/**
 * Most letters of a text in the circle's message: all of it stands in the thread of the circle in which it was written.
 */
const MOST_LETTERS = 80;

/** Lines of the groups: while it runs, by number; once over, by dots. */
export function voteLines({ data }: EndedCircle<"dot-vote">, over: boolean, { t }: Saying): Line[] {
  if (!over) return data.groups.map((group) => ({ lead: group.texts.join(", "), item: titleOf(group, data) }));
  return byDots(data).map((group) => ({
    lead: t("dots.count", { count: dotsOn(data, group) }),
    item: titleOf(group, data),
  }));
}

export function voteForMachines({ data }: EndedCircle<"dot-vote">, over: boolean): object {
  return voteShown(data, { over });
}

/** The name, and what is in it. */
function titleOf({ name, texts }: TextGroup, data: DotVoteData): string {
  const words = texts.flatMap((number) => data.texts[number - 1]?.text || []).map(oneLine);
  return [name, words.join(" · ")].filter(Boolean).join(": ") || "—";
}

function oneLine(text: string): string {
  return shortened(text.replace(/\s+/g, " "), MOST_LETTERS);
}

export function voteOutcome(data: DotVoteData, { t }: Saying): string | null {
  const [first] = byDots(data);
  const count = first ? dotsOn(data, first) : 0;
  return first && count > 0 ? `${t("dots.count", { count })}: ${titleOf(first, data)}` : null;
}

export function exportedVote({ vote = [] }: CircleSnapshot, { t, nameOf }: Saying): Partial<ExportedOutcome> {
  const points = vote.map(({ name, texts, dots }) => {
    const words = texts.map(({ who, text }) => `${text.replace(/\s+/g, " ")} (${nameOf(who)})`).join(" · ");
    return `${dots === null ? "" : `${t("dots.count", { count: dots })} – `}${name && `${name}: `}${words}`;
  });
  return { points };
}

const Numbers = z.array(z.string().regex(/^\d{1,3}$/));

export const voteCommands: readonly TypedCommand[] = [
  { name: "group", args: z.array(z.string()).refine(([first = ""]) => isNumber(first)), run: group },
  { name: "dots", args: Numbers, run: dots },
];

/** `1 3 a name`: the numbers at the beginning are the texts, all behind them is the name. */
function group(words: readonly string[], { ask }: Typing): TypedAnswer {
  const first = words.findIndex((word) => !isNumber(word));
  const numbers = first < 0 ? words : words.slice(0, first);
  const name = words.slice(numbers.length).join(" ");
  return refusedOr(ask({ type: "group-texts", texts: numbers.map(Number), name }));
}

/** Gives dots from the chat. Everybody sees them there, which the person who types is told. */
function dots(words: readonly string[], { ask, t }: Typing): TypedAnswer {
  const refusal = ask({ type: "give-dots", on: words.map(Number) });
  return refusal ? { refusal } : { say: [t("dots.taken", { count: DOTS - words.length })] };
}

function isNumber(word: string): boolean {
  return /^\d{1,3}$/.test(word);
}

function refusedOr(refusal: ReturnType<Typing["ask"]>): TypedAnswer {
  return refusal && { refusal };
}
