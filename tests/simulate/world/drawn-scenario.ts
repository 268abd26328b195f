import { Scenario } from "../../../appservice/circle/scenario.ts";
import { CircleKind } from "../../../appservice/protocol/circle-stages.ts";
import type { Dice } from "./dice.ts";

/** Name of the scenario that is drawn anew for each world. */
export const DRAWN = "drawn";

/** A short scenario of one to three circles of any kind, in any order, with any rules. */
export function drawnScenario(dice: Dice): Scenario {
  const pick = <T>(...from: readonly T[]): T => from[dice.below(from.length)] as T;
  const theme = { en: "What about {topic}?", ru: "Что скажете о {topic}?" };
  const circle = (index: number) => {
    const kind = pick(...CircleKind.options);
    return {
      id: `c${index}`,
      kind,
      theme,
      circleSeconds: pick(20, 60, 120),
      turnSeconds: pick(5, 20, 60),
      ...(kind === "consent" && { repeat: { until: "nobody-objects", from: "c0", atMost: 1 } }),
    };
  };
  // Dots are given to texts that were written in silence before.
  const circles = dice.chance(0.3)
    ? [
        { ...circle(0), kind: "silent-writing", repeat: undefined },
        { ...circle(1), kind: "dot-vote", repeat: undefined },
      ]
    : Array.from({ length: 1 + dice.below(3) }, (_, index) => circle(index));
  return Scenario.parse({
    id: DRAWN,
    title: { en: "Drawn", ru: "Наугад" },
    ...(dice.chance(0.3) && { language: pick("en", "ru") }),
    turnSeconds: pick(10, 30),
    betweenSeconds: pick(0, 5),
    handSeconds: pick(5, 20),
    order: pick("joined", "drawn", "quietest-first"),
    accept: pick("auto", "by-next"),
    extension: pick("keeper", "ring", "nobody"),
    skip: pick("self", "keeper", "anyone"),
    circles,
  });
}
