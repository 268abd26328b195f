import type { DotVoteData, TextGroup } from "./words.ts";

/** Groups of one text each. */
export function ungrouped(texts: DotVoteData["texts"]): DotVoteData {
  return { texts, groups: texts.map((_, place) => ({ name: "", texts: [place + 1] })), dots: [] };
}

export function numberOf({ texts }: TextGroup): number {
  return texts[0] ?? 0;
}

/** Makes one group of these texts; a group that has lost all of its texts is gone. */
export function regrouped(groups: readonly TextGroup[], group: TextGroup): TextGroup[] {
  const texts = [...new Set(group.texts)].sort((one, other) => one - other);
  const others = groups
    .map((each) => ({ ...each, texts: each.texts.filter((number) => !texts.includes(number)) }))
    .filter((each) => each.texts.length > 0);
  return [...others, { ...group, texts }].sort((one, other) => numberOf(one) - numberOf(other));
}

/** The group that a text is in. */
export function groupOf({ groups }: DotVoteData, text: number): TextGroup | undefined {
  return groups.find(({ texts }) => texts.includes(text));
}

export function dotsOn({ dots }: DotVoteData, group: TextGroup): number {
  const given = dots.flatMap(({ on }) => on).filter((number) => number === numberOf(group)).length;
  return (group.known ?? 0) + given;
}

/** Groups with most dots first; where two have as many, the lower number. */
export function byDots(data: DotVoteData): TextGroup[] {
  return data.groups.toSorted((one, other) => dotsOn(data, other) - dotsOn(data, one));
}
