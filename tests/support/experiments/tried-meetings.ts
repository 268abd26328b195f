import { chooseSet } from "../../../appservice/experiments/choose-set.ts";
import type { TriedMeeting } from "../../../appservice/experiments/compare.ts";
import { Experiments } from "../../../appservice/experiments/options.ts";
import { RoomId } from "../../../appservice/protocol/identity.ts";
import { drawnFrom, normal } from "./chance.ts";

const FILE = Experiments.parse({ sets: { other: {} }, experiments: [{ id: "e", between: ["standard", "other"] }] });

type Made = {
  readonly seed: number;
  readonly meetings: number;
  readonly rooms?: number;
  /** By what the second set multiplies people's edits. */
  readonly effect?: number;
};

/**
 * Meetings in an experiment, in which people edit as they do: rooms differ much, larger meetings are edited more, most
 * are hardly edited and some a lot (about 4 ± 3 edits for 100 words), and all are edited less as time goes on.
 */
export function triedMeetings({ seed, meetings, rooms = 3, effect = 1 }: Made): TriedMeeting[] {
  const chance = drawnFrom(seed);
  const habits = Array.from({ length: rooms }, () => Math.exp(0.4 * normal(chance)));
  const earlier = habits.map(() => 0);
  return Array.from({ length: meetings }, (_, startedAt): TriedMeeting => {
    const index = Math.floor(chance() * rooms);
    const room = RoomId.parse(`!${seed}-${index}:hs`);
    const people = 4 + Math.floor(chance() * 6);
    const facts = { room, homeserver: "hs", language: "en", people: ["matrix"], size: people, at: 0 } as const;
    const trial = chooseSet(FILE, facts, () => earlier[index] ?? 0).trial!;
    earlier[index] = (earlier[index] ?? 0) + 1;
    const noise = Math.exp(0.5 * normal(chance));
    const usual = 3 * (habits[index] ?? 1) * (people / 6) * (1 - startedAt / (3 * meetings));
    const edits = usual * noise * (trial.arm === 1 ? effect : 1);
    return {
      room,
      trial,
      startedAt,
      outcomes: {
        people,
        edits,
        untouched: null,
        redone: null,
        "tasks-confirmed": null,
        "tasks-done": null,
        "text-delay": null,
        evenness: 80,
      },
    };
  });
}
