import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { HandKind } from "../../protocol/scenario-words.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { outcomeOf } from "./outcome.ts";
import { type ToPerson, toPerson } from "./person.ts";

const noWords = z.array(z.string());

export const hand = command({
  name: "hand",
  group: "take-part",
  args: z
    .array(z.string())
    .max(1)
    .transform(([typed], context): HandKind => {
      const kind =
        typed === undefined ? "reply" : HandKind.options.find((each) => meaningOf(typed, [`word.hand.${each}`]));
      if (kind) return kind;
      context.addIssue("no kind of hand");
      return z.NEVER;
    }),
  run: (kind, { ask }: Uses<"ask">) => outcomeOf(ask({ type: "raise-hand", hand: kind })),
});

export const down = command({
  name: "down",
  group: "take-part",
  args: noWords,
  run: (_, { ask }: Uses<"ask">) => outcomeOf(ask({ type: "lower-hand" })),
});

export const word = command({
  name: "word",
  group: "take-part",
  args: z.array(z.string()).min(1),
  run: (_, context: ToPerson) => toPerson(context, ({ id }) => outcomeOf(context.ask({ type: "give-word", to: id }))),
});
