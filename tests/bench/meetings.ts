import { council, Play } from "../support/circle/play.ts";
import type { CircleEvent } from "../../appservice/circle/event.ts";
import type { Command } from "../../appservice/circle/command.ts";
import type { Plan } from "../../appservice/circle/scenario.ts";
import type { Utterance } from "../../appservice/protocol/meeting-record.ts";
import type { ParticipantId } from "../../appservice/protocol/identity.ts";

export const NAMES = ["ann", "bob", "eve", "dan", "sue", "kim", "tom"];

/** Seven people, as many circles as wanted. */
export function planOf(circles: number): Plan {
  const plan = council({ betweenSeconds: 0 });
  const [circle] = plan.circles;
  return { ...plan, circles: Array.from({ length: circles }, () => circle!) };
}

/**
 * A meeting in which everybody is heard, time is marked, some get more of it, and hands go up: its events and commands.
 */
export function playedThrough(
  circles: number,
  enough: (events: number) => boolean = () => false,
): { events: CircleEvent[]; commands: Command[] } {
  const table = new Recorded().gather(...NAMES) as Recorded;
  table.start("ann", planOf(circles));
  for (let turn = 0; table.state.phase !== "ended" && !enough(table.journal.length); turn++) {
    const speaker = table.word ?? "ann";
    table.wait(50);
    if (turn % 5 === 0) table.extend("ann", 30_000);
    if (turn % 7 === 0) table.raise("eve");
    if (turn % 11 === 0) table.by("ann", "pause").by("ann", "resume");
    if (turn % 13 === 0) table.drop(speaker).connect(speaker);
    table.by(speaker, turn % 9 === 0 ? "skip" : "pass");
  }
  return { events: table.journal, commands: table.commands };
}

/** Keeps the commands, so that they can be given again against the clock. */
class Recorded extends Play {
  readonly commands: Command[] = [];

  override send(command: Command): this {
    this.commands.push(command);
    return super.send(command);
  }
}

/** Utterances of a turn: four pieces of some eighty letters. */
export function utterancesOf(turn: number, speaker: ParticipantId): Utterance[] {
  return [1, 2, 3, 4].map((piece) => {
    const text = `In turn ${turn}, piece ${piece}, somebody said what they think about the reports, at length.`;
    return {
      id: `${turn}.${piece}`,
      turn,
      circle: 0,
      speaker,
      startedAt: turn * 1000,
      endedAt: turn * 1000 + 500,
      language: "en",
      text,
      segments: [{ kind: "speech", text }],
      engine: { id: "bench", model: "none" },
    };
  });
}
