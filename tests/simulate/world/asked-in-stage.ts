import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import type { Dice } from "./dice.ts";

type Shown = Pick<MeetingSnapshot, "stage" | "circle" | "circles" | "turn">;

/** Command by which somebody does what the stage that they see asks of them; null where it asks nothing of them. */
export function askedInStage(
  { stage, circle, circles, turn }: Shown,
  who: string,
  dice: Dice,
): Readonly<Record<string, unknown>> | null {
  const running = circles.find(({ index }) => index === circle);
  const texts = running?.texts.length ?? 0;
  switch (stage) {
    case "writing":
      return { type: "write", text: `my text ${dice.below(100)}`, finished: dice.chance(0.7) };
    case "grouping":
      if (turn?.speaker !== who || turn.status !== "speaking") return null;
      return { type: "group-texts", texts: texts > 1 ? [1, 2 + dice.below(texts - 1)] : [1], name: "a group" };
    case "voting":
      return { type: "give-dots", on: [1, 1, 1 + dice.below(Math.max(1, texts))] };
    default:
      if (running?.kind !== "consent") return null;
      return { type: "take-position", position: dice.pick(["consent", "object"]), reason: "because" };
  }
}
