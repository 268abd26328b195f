import type { z } from "zod";
import type { AsyncContext, CommandContext, ListedCommand } from "./context.ts";
import type { CommandOutcome } from "./outcome.ts";

/** Room for a correction: the words heard and the words said, each as long as an utterance may be. */
const LONGEST = 8_500;

/**
 * A typed command. The catalogues say, under its name, what it is called, what stands behind it and what it does; help
 * and checks are made from these. `run` says by the type of its context which ports it uses.
 */
type Descriptor<Args, Context, Result> = ListedCommand & {
  /** Letters that may stand behind its name at most, where that is more than usual. */
  readonly longest?: number;
  /** Parses the words after the command's name. */
  readonly args: z.ZodType<Args>;
  readonly run: (args: Args, context: Context) => Result;
};

type Executor<Context, Result> = (words: readonly string[], context: Context) => Result;
type Listed = ListedCommand & { readonly longest: number };

/** A command that changes only the meeting and the room's choices: it happens with its answer, or not at all. */
export type AtOnceCommand<Context> = Listed & {
  readonly execute: { readonly atOnce: Executor<Context, CommandOutcome> };
};
/** A command that goes out for something before it is answered. */
export type AsyncCommand<Context> = Listed & {
  readonly execute: { readonly asyncRun: Executor<Context, Promise<CommandOutcome>> };
};
export type AnyCommand = AtOnceCommand<CommandContext> | AsyncCommand<AsyncContext>;

export function command<Args, Context>(descriptor: Descriptor<Args, Context, CommandOutcome>): AtOnceCommand<Context> {
  const { name, group, args, run, longest = LONGEST } = descriptor;
  return {
    name,
    group,
    longest,
    execute: {
      atOnce: (words, context) => {
        const parsed = args.safeParse(words);
        return parsed.success ? run(parsed.data, context) : { outcome: "bad-argument" };
      },
    },
  };
}

export function asyncCommand<Args, Context>(
  descriptor: Descriptor<Args, Context, Promise<CommandOutcome>>,
): AsyncCommand<Context> {
  const { name, group, args, run, longest = LONGEST } = descriptor;
  return {
    name,
    group,
    longest,
    execute: {
      asyncRun: async (words, context) => {
        const parsed = args.safeParse(words);
        return parsed.success ? run(parsed.data, context) : { outcome: "bad-argument" };
      },
    },
  };
}
