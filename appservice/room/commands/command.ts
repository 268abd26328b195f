import type { z } from "zod";
import type { PersonCommand } from "../../circle/command.ts";
import type { Scenario } from "../../circle/scenario.ts";
import type { LiveMeeting } from "../../journal/meetings.ts";
import type { MessageKey, Translate } from "../../language/translate.ts";
import type { Language, ParticipantId } from "../../protocol/identity.ts";
import type { Refusal } from "../../protocol/refusal.ts";
import type { Line } from "../messages/message.ts";

/** A command of the meeting as typed; who asks and when is filled in by whoever received it. */
export type Ask = DistributiveOmit<PersonCommand, "by" | "moderator" | "at" | "from" | "expectedVersion">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What a command's executor may know and do. It has no Matrix in it. */
export type CommandContext = {
  readonly by: ParticipantId;
  readonly byName: string;
  readonly t: Translate;
  readonly language: Language;
  readonly now: number;
  /** Chance, for lots. */
  readonly seed: number;
  readonly live: LiveMeeting | null;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly commands: readonly AnyCommand[];
  readonly nameOf: (id: ParticipantId) => string;
  readonly ask: (what: Ask) => Refusal | null;
};

/** `done` is answered by a ✅ on the message, `say` by a text. */
export type Outcome =
  | { readonly outcome: "done" }
  | { readonly outcome: "say"; readonly lines: readonly Line[] }
  | { readonly outcome: "refused"; readonly refusal: Refusal };

/** A typed command. Help and checks are made from what stands here. */
export type CommandDescriptor<Args> = {
  readonly name: string;
  /** Names of the arguments, as help shows them. */
  readonly usage: string;
  readonly summary: MessageKey;
  /** Parses the words after the command's name. */
  readonly args: z.ZodType<Args>;
  readonly run: (args: Args, context: CommandContext) => Outcome;
};

export type AnyCommand = {
  readonly name: string;
  readonly usage: string;
  readonly summary: MessageKey;
  readonly execute: (words: readonly string[], context: CommandContext) => Outcome | { readonly outcome: "bad-argument"; readonly problem: string };
};

export function command<Args>(descriptor: CommandDescriptor<Args>): AnyCommand {
  const { name, usage, summary, args, run } = descriptor;
  return {
    name, usage, summary,
    execute: (words, context) => {
      const parsed = args.safeParse(words);
      if (parsed.success) return run(parsed.data, context);
      return { outcome: "bad-argument", problem: parsed.error.issues.map(({ message }) => message).join("; ") };
    },
  };
}

export const done: Outcome = { outcome: "done" };

export function outcomeOf(refusal: Refusal | null): Outcome {
  return refusal ? { outcome: "refused", refusal } : done;
}
