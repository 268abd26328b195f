import type { TypedCommand } from "../../circle/kinds/contract.ts";
import { KIND_COMMANDS } from "../../circle/kinds/kinds.ts";
import { type AtOnceCommand, command } from "./command.ts";
import type { Uses } from "./context.ts";
import { done, outcomeOf, say } from "./outcome.ts";

type KindPorts = Uses<"actor" | "live" | "rest" | "t" | "ask">;

/** Typed commands that the kinds of circle add. */
export const commandsOfKinds: readonly AtOnceCommand<KindPorts>[] = KIND_COMMANDS.map(fromKind);

function fromKind({ name, args, run }: TypedCommand): AtOnceCommand<KindPorts> {
  return command({
    name,
    group: "take-part",
    args,
    run: (words, { actor, live, rest, t, ask }: KindPorts) => {
      const answer = run(words, { by: actor.id, meeting: live?.meeting ?? null, rest, t, ask });
      if (!answer) return done;
      return "refusal" in answer ? outcomeOf(answer.refusal) : say(...answer.say);
    },
  });
}
