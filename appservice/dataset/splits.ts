import type { Split } from "./rows.ts";

/** Speakers of each meeting in the set, in the order in which the meetings began. */
export type Spoke = { readonly meeting: string; readonly speakers: readonly string[] };

/**
 * Groups of people by the meeting in which the first of them was heard, as an earlier version of the set placed them.
 */
export type PlacedGroups = Readonly<Record<string, Split>>;

/** Turn of the splits: eight groups in ten are trained on; the first is, so that a small set is of use at all. */
const TURNS: readonly Split[] = [
  "train",
  "train",
  "test",
  "train",
  "train",
  "validation",
  "train",
  "train",
  "train",
  "train",
];

/**
 * Places meetings so that no speaker and no meeting is in two splits: people who ever sat together are one group. A
 * group stays where an earlier version placed it; where two groups have met since, both go where the older one is.
 */
export function splitsOf(
  spoke: readonly Spoke[],
  placed: PlacedGroups,
): { readonly of: (meeting: string) => Split; readonly groups: PlacedGroups } {
  const anchorOf = new Map<string, string>();
  const heads = new Map<string, string>();
  const headOf = (anchor: string): string => {
    let head = anchor;
    for (let next = heads.get(head); next !== undefined; next = heads.get(head)) head = next;
    return head;
  };
  const order = new Map(spoke.map(({ meeting }, at) => [meeting, at]));
  for (const { meeting, speakers } of spoke) {
    for (const speaker of speakers) {
      const known = anchorOf.get(speaker);
      anchorOf.set(speaker, known ?? meeting);
      const [one, other] = [headOf(known ?? meeting), headOf(meeting)];
      if (one === other) continue;
      const first = (order.get(one) ?? 0) < (order.get(other) ?? 0);
      if (first) heads.set(other, one);
      else heads.set(one, other);
    }
  }
  const anchors = [...new Set(spoke.map(({ meeting }) => headOf(meeting)))];
  const groups: { [anchor in string]: Split } = { ...placed };
  for (const anchor of anchors) groups[anchor] ??= TURNS[Object.keys(groups).length % TURNS.length] ?? "train";
  return { of: (meeting) => groups[headOf(meeting)] ?? "train", groups };
}
