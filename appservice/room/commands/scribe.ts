import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { outcomeOf } from "./outcome.ts";

/** Sends the scribe away, or asks it back. */
export const scribe = command({
  name: "scribe",
  group: "take-part",
  args: z.tuple([z.string()]).transform(([typed], context): "away" | "back" => {
    const found = (["away", "back"] as const).find((each) => meaningOf(typed, [`word.scribe.${each}`]));
    if (found) return found;
    context.addIssue("neither away nor back");
    return z.NEVER;
  }),
  run: (where, { ask }: Uses<"ask">) =>
    outcomeOf(ask({ type: where === "away" ? "send-scribe-away" : "ask-scribe-back" })),
});
