import { z } from "zod";
import { planOf } from "../../circle/scenario.ts";
import { command, outcomeOf } from "./command.ts";

const DEFAULT_SCENARIO = "council";

export const start = command({
  name: "start", usage: "[scenario] [topic]", summary: "command.help.start",
  args: z.array(z.string()).refine((words) => words.join(" ").length <= 300, "the topic has more than 300 letters"),
  run: (words, { ask, scenarios, language, seed }) => {
    const [first = "", ...rest] = words;
    const named = scenarios.get(first.toLowerCase());
    const scenario = named ?? scenarios.get(DEFAULT_SCENARIO);
    const topic = (named ? rest : words).join(" ");
    if (!scenario) {
      return { outcome: "refused", refusal: { code: "unknown-scenario", detail: { scenario: first, known: [...scenarios.keys()].join(", ") } } };
    }
    return outcomeOf(ask({ type: "start", plan: planOf(scenario, language, topic), topic, seed }));
  },
});
