import type { TypedCommand } from "../../circle/kinds/contract.ts";
import { KIND_COMMANDS } from "../../circle/kinds/kinds.ts";
import { type AnyCommand, command, done, outcomeOf, say } from "./command.ts";

/** Typed commands that the kinds of circle add. */
export const commandsOfKinds: readonly AnyCommand[] = KIND_COMMANDS.map(fromKind);

function fromKind({ name, args, run }: TypedCommand): AnyCommand {
  return command({
    name,
    group: "take-part",
    args,
    run: (words, { actor, live, rest, t, ask }) => {
      const answer = run(words, { by: actor.id, meeting: live?.meeting ?? null, rest, t, ask });
      if (!answer) return done;
      return "refusal" in answer ? outcomeOf(answer.refusal) : say(...answer.say);
    },
  });
}
