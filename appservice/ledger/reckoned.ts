import type { Parts } from "../journal/parts-of-work.ts";
import type { LedgerEntry } from "./entry.ts";
import type { Story } from "./happening.ts";
import { entriesBy } from "./rule.ts";
import { RULES } from "./rule-list.ts";

/** Entry as the rules make it. `since`: time of the first event on which it rests. */
export type Reckoned = { readonly entry: LedgerEntry; readonly since: number };

/** Entries that follow from a story by all rules. */
export function* reckonedFrom(story: Story): Parts<Reckoned[]> {
  const times = new Map<string, number>();
  for (const { id, event } of story.happenings) if ("at" in event && event.at !== undefined) times.set(id, event.at);
  const reckoned: Reckoned[] = [];
  for (const rule of RULES)
    for (const entry of yield* entriesBy(rule, story))
      reckoned.push({ entry, since: Math.min(entry.at, ...entry.because.flatMap((id) => times.get(id) ?? [])) });
  return reckoned;
}
