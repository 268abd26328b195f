import { drawn, lotFrom } from "../circle/order.ts";
import type { Language, ParticipantId } from "../protocol/identity.ts";
import type { Wish } from "./assembly.ts";
import type { RingSize } from "./scenario.ts";

/** Swaps that are tried after the first lot: enough for a hundred people, and a few milliseconds. */
const TRIES = 4_000;
/** A ring that is too large is worse than any company. */
const OVERFULL = 1e12;
/** Counts of how often two have met, or want to be apart. */
const MOST_MET = 65_535;
const COST = { apart: 1_000, language: 20, again: 1 };

export type Placing = {
  readonly people: readonly { readonly id: ParticipantId; readonly language: Language | null }[];
  readonly size: RingSize;
  readonly wishes: readonly Wish[];
  /** Rings of each round before. */
  readonly rounds: readonly (readonly (readonly ParticipantId[])[])[];
  /** People who stay in the ring of that index. */
  readonly stay: ReadonlyMap<ParticipantId, number>;
  readonly seed: number;
};

/** Number of rings for so many people: as near to the wished size as may be. */
export function ringCount(people: number, { least, aim, most }: RingSize): number {
  let count = Math.max(1, Math.round(people / (aim ?? most)));
  while (Math.ceil(people / count) > most) count++;
  while (count > 1 && Math.floor(people / count) < least) count--;
  return count;
}

/**
 * Places everybody into exactly one ring. First each group of those who want to sit together goes where it disturbs
 * least, in the order of a lot; then pairs of groups change places while that makes it better.
 */
export function place(wanted: Placing): ParticipantId[][] {
  const { people, stay, size, seed } = wanted;
  const count = Math.max(ringCount(people.length, size), 1 + Math.max(-1, ...stay.values()));
  const cost = costOf(wanted);
  if (cost === FREE && stay.size === 0 && wanted.wishes.length === 0) return dealt(wanted, count);
  const rings: DrawnRing[] = Array.from({ length: count }, () => ({ groups: [], people: [] }));
  const most = Math.ceil(people.length / count);
  const fixed = new Map([...stay].map(([who, ring]) => [people.findIndex(({ id }) => id === who), ring]));
  for (const group of groupsOf(wanted, most, fixed)) {
    const stays = group.map((who) => fixed.get(who)).find((ring) => ring !== undefined);
    const ring = stays === undefined ? cheapest(rings, group, most, cost) : rings[stays];
    ring?.groups.push(group);
    ring?.people.push(...group);
  }
  improve(rings, fixed, seed, cost);
  return rings.map((ring) => ring.groups.flat().flatMap((index) => people[index]?.id ?? []));
}

/**
 * Deals people out in the order of a lot where nothing speaks for one ring or another: of a thousand that takes a
 * millisecond.
 */
function dealt({ people, seed }: Placing, count: number): ParticipantId[][] {
  const rings: ParticipantId[][] = Array.from({ length: count }, () => []);
  for (const [turn, { id }] of drawn(people, seed).entries()) rings[turn % count]?.push(id);
  return rings;
}

/** People of one ring by their index: numbers, since a thousand of them are looked at many times. */
type Group = readonly number[];
type DrawnRing = { readonly groups: Group[]; people: number[] };
type Cost = (one: number, other: number) => number;
const NOBODY: Group = [];
/** Any company is as good as any other, and need not be weighed. */
const FREE: Cost = () => 0;

function cheapest(rings: readonly DrawnRing[], group: Group, most: number, cost: Cost): DrawnRing | undefined {
  let best: DrawnRing | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    const over = Math.max(0, ring.people.length + group.length - most);
    if (over > 0 && least < OVERFULL) continue;
    const here = over * OVERFULL + between(group, ring.people, NOBODY, cost) * 100 + ring.people.length;
    if (here < least) [best, least] = [ring, here];
  }
  return best;
}

/** Cost of a group beside the people of a ring, but for those of `without`. */
function between(group: Group, people: Group, without: Group, cost: Cost): number {
  if (cost === FREE) return 0;
  let sum = 0;
  for (const other of people) {
    if (without.length > 0 && without.includes(other)) continue;
    for (const one of group) sum += cost(one, other);
  }
  return sum;
}

function costOf({ people, wishes, rounds }: Placing): Cost {
  const count = people.length;
  const apart = wishes.filter(({ wish }) => wish === "apart");
  const haveMet = rounds.length > 0 || apart.length > 0;
  if (!haveMet && new Set(people.flatMap(({ language }) => language ?? [])).size < 2) return FREE;
  const index = new Map(people.map(({ id }, i) => [id, i]));
  // Numbers in a row: among a thousand people, millions of pairs are looked at.
  const languages = Uint8Array.from(people, ({ language }) => (language === null ? 0 : language === "en" ? 1 : 2));
  const met = new Uint16Array(haveMet ? count * count : 0);
  const add = (among: readonly ParticipantId[], by: number) => {
    const all = among.flatMap((id) => index.get(id) ?? []);
    for (const one of all)
      for (const other of all) met[one * count + other] = Math.min(MOST_MET, (met[one * count + other] ?? 0) + by);
  };
  for (const ring of rounds.flat()) add(ring, COST.again);
  for (const { people: wanting } of apart) add(wanting, COST.apart);
  return (one, other) => {
    const [mine, theirs] = [languages[one], languages[other]];
    const foreign = mine && theirs && mine !== theirs ? COST.language : 0;
    if (!haveMet) return foreign;
    const again = met[one * count + other] ?? 0;
    // Sitting with somebody a third time is worse than with two people a second time.
    return foreign + again * again;
  };
}

/**
 * People who want to sit together are one group, as long as a ring holds them; the greatest first, and of one size
 * those of a language after one another, so that they come to sit in one ring.
 */
function groupsOf({ people, wishes, seed }: Placing, most: number, fixed: ReadonlyMap<number, number>): Group[] {
  const groups = new Map<number, number[]>();
  const indices = [...people.keys()];
  for (const who of drawn(indices, seed)) groups.set(who, [who]);
  for (const { wish, people: wanting } of wishes) {
    if (wish !== "together") continue;
    const [first = -1, ...others] = wanting.map((id) => people.findIndex((each) => each.id === id));
    for (const who of others) join(groups, [first, who], most, fixed);
  }
  const languageOf = (group: Group) => people[group[0] ?? -1]?.language ?? "";
  const stays = (group: Group) => (group.some((who) => fixed.has(who)) ? 0 : 1);
  return [...new Set(groups.values())].sort(
    (one, other) =>
      stays(one) - stays(other) ||
      other.length - one.length ||
      Number(languageOf(one) > languageOf(other)) - Number(languageOf(one) < languageOf(other)),
  );
}

function join(
  groups: Map<number, number[]>,
  [first, who]: readonly [number, number],
  most: number,
  fixed: ReadonlyMap<number, number>,
): void {
  const [one, other] = [groups.get(first), groups.get(who)];
  if (!one || !other || one === other || one.length + other.length > most) return;
  if ([...one, ...other].filter((each) => fixed.has(each)).length > 1) return;
  one.push(...other);
  for (const each of other) groups.set(each, one);
}

/** Changes two groups of one size with one another, by a lot, where that costs less. */
function improve(rings: readonly DrawnRing[], fixed: ReadonlyMap<number, number>, seed: number, cost: Cost): void {
  if (rings.length < 2 || cost === FREE) return;
  const lot = lotFrom(seed + 1);
  for (let i = 0; i < TRIES; i++) {
    const [one, other] = [rings[lot(rings.length)], rings[lot(rings.length)]];
    if (!one || !other || one === other || one.groups.length === 0 || other.groups.length === 0) continue;
    const [a, b] = [lot(one.groups.length), lot(other.groups.length)];
    const [mine, theirs] = [one.groups[a], other.groups[b]];
    if (!mine || !theirs || mine.length !== theirs.length) continue;
    if ([...mine, ...theirs].some((who) => fixed.has(who))) continue;
    const now = between(mine, one.people, mine, cost) + between(theirs, other.people, theirs, cost);
    if (now === 0) continue;
    const then = between(theirs, one.people, mine, cost) + between(mine, other.people, theirs, cost);
    if (then >= now) continue;
    [one.groups[a], other.groups[b]] = [theirs, mine];
    for (const ring of [one, other]) ring.people = ring.groups.flat();
  }
}
