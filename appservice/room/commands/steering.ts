import { z } from "zod";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { outcomeOf } from "./outcome.ts";
import { type ToPerson, toPerson } from "./person.ts";

const noWords = z.array(z.string());

const plain = (name: "pause" | "resume" | "next" | "end") =>
  command({
    name,
    group: "steer",
    args: noWords,
    run: (_, { ask }: Uses<"ask">) => outcomeOf(ask({ type: name === "next" ? "next-circle" : name })),
  });

export const pause = plain("pause");
export const resume = plain("resume");
export const next = plain("next");
export const end = plain("end");

/** Seconds more, 5 to 300; half a minute where none are named. */
export const MoreSeconds = z
  .array(z.string())
  .transform((words) => Number(words[0] ?? 30))
  .pipe(z.number().int().min(5).max(300));

export const extend = command({
  name: "extend",
  group: "steer",
  args: MoreSeconds,
  run: (seconds, { ask }: Uses<"ask">) => outcomeOf(ask({ type: "extend", byMs: seconds * 1000 })),
});

export const keeper = command({
  name: "keeper",
  group: "steer",
  args: z.array(z.string()).min(1),
  run: (_, context: ToPerson) => toPerson(context, ({ id }) => outcomeOf(context.ask({ type: "hand-over", to: id }))),
});
