import type { ParticipantId } from "../protocol/identity.ts";
import {
  circleOf,
  type RaisedHand,
  isPresent,
  isRunning,
  type Meeting,
  orderOfNext,
  type Person,
  startOf,
} from "./meeting.ts";
import type { PlannedCircle } from "./scenario.ts";

/** Speakers of the next circle, one after another. */
export function ringOf(meeting: Meeting, planned: PlannedCircle): ParticipantId[] {
  const index = (circleOf(meeting)?.index ?? -1) + 1;
  const ring = ringOrder(meeting, planned, index);
  if (planned.speakers === "all") return ring;
  // A keeper who is not there cannot present; then the word is everybody's.
  const keeper = ring.filter((id) => id === meeting.keeper);
  return keeper.length > 0 ? keeper : ring;
}

/** The order in which those who are there sit in a circle. `index` makes each circle's lot its own. */
function ringOrder(meeting: Meeting, planned: PlannedCircle, index: number): ParticipantId[] {
  const people = meeting.people.filter(isPresent);
  const order = arranged(people, planned.order, (startOf(meeting)?.seed ?? 0) + index).map(({ id }) => id);
  const named = orderOfNext(meeting);
  return named ? inOrder(order, named) : order;
}

/** People named first, as named; the others after them, as they were. */
export function inOrder(people: readonly ParticipantId[], named: readonly ParticipantId[]): ParticipantId[] {
  const first = [...new Set(named)].filter((id) => people.includes(id));
  return [...first, ...people.filter((id) => !first.includes(id))];
}

function arranged(people: Person[], order: PlannedCircle["order"], seed: number): Person[] {
  switch (order) {
    case "joined":
      return people;
    case "reversed":
      return people.toReversed();
    case "drawn":
      return drawn(people, seed);
    case "quietest-first":
      return people.toSorted((one, other) => one.spokenMs - other.spokenMs);
    default:
      return asListed(people, order.listed);
  }
}

function asListed(people: Person[], listed: readonly string[]): Person[] {
  const wanted = listed.map((name) => name.toLocaleLowerCase());
  const place = ({ id, name }: Person) => {
    const found = wanted.findIndex((each) => each === id.toLocaleLowerCase() || each === name.toLocaleLowerCase());
    return found === -1 ? wanted.length : found;
  };
  return people.toSorted((one, other) => place(one) - place(other));
}

/** Fisher–Yates, from a seed: the same meeting replayed draws the same lot. */
export function drawn<T>(things: readonly T[], seed: number): T[] {
  const lot = [...things];
  const random = generator(seed);
  for (let i = lot.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [one, other] = [lot[i], lot[j]];
    if (one !== undefined && other !== undefined) [lot[i], lot[j]] = [other, one];
  }
  return lot;
}

/** Whole numbers below a bound, one after another, from a seed. */
export function lotFrom(seed: number): (below: number) => number {
  const random = generator(seed);
  return (below) => Math.floor(random() * below);
}

/** mulberry32, by Tommy Ettinger (public domain): small, and even enough to draw lots. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FIRST = { "point-of-order": 0, clarify: 1, reply: 2 } as const;

/** Hands in the order in which they get the word. */
export function handsInOrder(meeting: Meeting): RaisedHand[] {
  if (!isRunning(meeting)) return [];
  const { hands, plan, people } = meeting;
  const spoken = (who: ParticipantId) => people.find(({ id }) => id === who)?.spokenMs ?? 0;
  const quietest = plan.hands === "quietest-first";
  return hands.toSorted(
    (one, other) =>
      FIRST[one.hand] - FIRST[other.hand] ||
      (quietest ? spoken(one.who) - spoken(other.who) : 0) ||
      one.raisedAt - other.raisedAt,
  );
}
