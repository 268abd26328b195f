import { z } from "zod";
import { planOf } from "../../circle/scenario.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { outcomeOf, refused } from "./outcome.ts";

const MOST_LETTERS = 300;

export const start = command({
  name: "start",
  group: "steer",
  args: z.array(z.string()).refine((words) => words.join(" ").length <= MOST_LETTERS),
  run: (
    words,
    { ask, scenarios: { all, preferred }, language, seed }: Uses<"ask" | "scenarios" | "language" | "seed">,
  ) => {
    const [first = "", ...others] = words;
    const named = all.get(first.toLowerCase());
    const scenario = named ?? all.get(preferred);
    const topic = (named ? others : words).join(" ");
    if (!scenario) return refused("unknown-scenario", { scenario: first, known: [...all.keys()].join(", ") });
    return outcomeOf(ask({ type: "start", plan: planOf(scenario, language, topic), topic, seed }));
  },
});
