import type { CircleSnapshot } from "../../../protocol/meeting-snapshot.ts";
import { byDots, dotsOn, regrouped } from "./groups.ts";
import type { DotVoteData, TextGroup } from "./words.ts";

type Vote = NonNullable<CircleSnapshot["vote"]>;

/**
 * Groups as everybody may see them. Counts are told once the circle is over: dots that are seen draw others after them,
 * which is why facilitators let people choose before they look.
 */
export function voteShown(data: DotVoteData, { over }: { readonly over: boolean }): { vote: Vote } {
  const groups = over ? byDots(data) : data.groups;
  return {
    vote: groups.map((group) => ({
      name: group.name,
      texts: group.texts.flatMap((number) => {
        const written = data.texts[number - 1];
        return written ? [{ number, who: written.who, text: written.text }] : [];
      }),
      dots: over ? dotsOn(data, group) : null,
    })),
  };
}

/**
 * Data as the room shows it: groups, and how many dots lie on each where that was told. Dots that nobody was shown are
 * to be given anew.
 */
export function voteSeen({ vote = [] }: CircleSnapshot): DotVoteData {
  const texts = vote
    .flatMap((group) => group.texts)
    .sort((one, other) => one.number - other.number)
    .map(({ who, text }) => ({ who, text }));
  const groups = vote.reduce<TextGroup[]>(
    (sum, { name, texts: own, dots }) =>
      regrouped(sum, { name, texts: own.map(({ number }) => number), ...(dots === null ? {} : { known: dots }) }),
    [],
  );
  return { texts, groups, dots: [] };
}

export function voteShortened(circle: CircleSnapshot, cut: (text: string) => string, most: number): CircleSnapshot {
  const vote = circle.vote?.map((group) => ({
    ...group,
    texts: group.texts.map((each) => ({ ...each, text: most === 0 ? "" : cut(each.text) })),
  }));
  return { ...circle, vote };
}
