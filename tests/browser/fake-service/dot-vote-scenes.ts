import type { CircleSnapshot, MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { type Change, turn } from "./change.ts";
import { idOf, ME } from "./people.ts";

type Vote = NonNullable<CircleSnapshot["vote"]>;

const LONG_WORD = "ein-sehr-langes-wort-ohne-ende-".repeat(6);
const TEXTS = [
  "A tap by the lower beds, so that nobody has to carry cans.",
  "Общий график на двери сарая, и чтобы в нём можно было меняться без созвонов.",
  "Two people a day, never one alone",
  "Rain barrels.",
  "A list at the gate",
];
const MORE_TEXTS = [
  ...TEXTS,
  LONG_WORD,
  "Everybody waters where they pass by anyway, and a board at the gate says what is done. ".repeat(5).trim(),
  "Water in the evening\nand never at noon",
  "Капельный полив для помидоров",
  "Mulch",
  "One key for all",
  "Somebody who stands in on Saturdays",
];

const group = (name: string, numbers: readonly number[], dots: number | null = null): Vote[number] => ({
  name,
  dots,
  texts: numbers.map((number) => ({ number, who: idOf((number - 1) % 7), text: MORE_TEXTS[number - 1] ?? "" })),
});
const GROUPS = [group("Water at hand", [1, 4]), group("", [2]), group("", [3]), group("", [5])];
const MANY: Vote = [
  group("Water at hand", [1, 4]),
  group(LONG_WORD.slice(0, 80), [2, 6]),
  ...[3, 5, 7, 8, 9, 10, 11, 12].map((number) => group("", [number])),
];
const RESULT: Vote = [group("Water at hand", [1, 4], 8), group("Who waters when", [2, 5], 6), group("", [3], 1)];

const meOf = (meeting: MeetingSnapshot) => ME(meeting.people.length);

function running(meeting: MeetingSnapshot, vote: Vote): CircleSnapshot[] {
  return meeting.circles.map((circle) =>
    circle.index === meeting.circle ? { ...circle, kind: "dot-vote" as const, vote } : circle,
  );
}

const grouping =
  (vote: Vote): Change =>
  (meeting) => ({ stage: "grouping", circles: running(meeting, vote) });

const groupingMine =
  (vote: Vote): Change =>
  (meeting, now) => ({ ...grouping(vote)(meeting, now), turn: turn(meOf(meeting), 40, now), next: idOf(3) });

const voting =
  (vote: Vote, done: (meeting: MeetingSnapshot) => MeetingSnapshot["wrote"]): Change =>
  (meeting, now) => ({
    turn: null,
    next: null,
    done: [],
    returns: [],
    stage: "voting",
    stageBeganAt: now - 60_000,
    stageEndsAt: now + 120_000,
    wrote: done(meeting),
    circles: running(meeting, vote),
  });

/** On which groups my dots lie, by scene. */
export const MY_DOTS: Record<string, readonly number[]> = {
  voting: [1],
  "voting-long": [1, 2],
  voted: [1, 1, 3],
  "voting-paused": [1],
};

/** Dot voting, from the first group to what came of it. */
export const DOT_VOTE_SCENES: Record<string, Change> = {
  grouping: grouping(GROUPS),
  "grouping-mine": groupingMine(GROUPS),
  "grouping-long": groupingMine(MANY),
  voting: voting(GROUPS, () => [idOf(0), idOf(3)]),
  "voting-long": voting(MANY, () => [idOf(0)]),
  "voting-paused": (meeting, now) => ({ ...voting(GROUPS, () => [idOf(0)])(meeting, now), paused: true }),
  voted: voting(GROUPS, (meeting) => [idOf(0), idOf(3), meOf(meeting)]),
  "vote-result": (meeting, now) => ({
    phase: "between",
    turn: null,
    next: meeting.ring[0] ?? null,
    nextCircleAt: now + 22_000,
    done: meeting.ring,
    returns: [],
    circles: running(meeting, RESULT).map((circle) => ({
      ...circle,
      status: circle.index < 2 ? ("done" as const) : ("waiting" as const),
    })),
  }),
};
