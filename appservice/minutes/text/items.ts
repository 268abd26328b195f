import { createHash } from "node:crypto";
import type { Utterance } from "../../protocol/meeting-record.ts";
import { contentStems, overlap } from "./words.ts";

/** Id of an item, the same for the same words of the same source, however often the minutes are made. */
export function itemId(kind: string, source: string, text: string): string {
  return `${kind}${createHash("sha256").update(`${source}\n${text}`).digest("hex").slice(0, 16)}`;
}

/** Returns utterances without the items called out in them, where those are read by themselves. */
export function withoutCalledOut(utterances: readonly Utterance[], called: "task" | "decision"): Utterance[] {
  return utterances.map((utterance) => {
    const segments = utterance.segments.filter(({ command }) => command?.type !== called);
    if (segments.length === utterance.segments.length) return utterance;
    // Empties the text, which would count where there are no segments.
    return segments.length > 0 ? { ...utterance, segments } : { ...utterance, segments, text: "" };
  });
}

type Item = { readonly text: string; readonly from: readonly string[] };

/** Joins repetitions into one item that rests on both; the one that counts more keeps its words. */
export function unrepeatedItems<T extends Item>(items: readonly T[], counts: (item: T) => boolean): T[] {
  const kept: T[] = [];
  const stemsOf = new Map(items.map((item) => [item.text, new Set(contentStems(item.text))]));
  for (const item of items) {
    const place = kept.findIndex((other) => isSame(stemsOf.get(other.text)!, stemsOf.get(item.text)!));
    const other = kept[place];
    if (!other) kept.push(item);
    else {
      const words = !counts(other) && counts(item) ? item : other;
      kept[place] = { ...words, from: [...new Set([...other.from, ...item.from])] };
    }
  }
  return kept;
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [short, long] = [Math.min(a.size, b.size), Math.max(a.size, b.size)];
  return short >= 2 && long <= 2 * short && overlap(a, b) >= 0.75;
}
