import { z } from "zod";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { outcomeOf } from "./outcome.ts";

const noWords = z.array(z.string());

/** Commands that ask one thing of the meeting and take no words. */
const plain = (name: "leave" | "accept" | "pass" | "skip") =>
  command({
    name,
    group: "take-part",
    args: noWords,
    run: (_, { ask }: Uses<"ask">) => outcomeOf(ask({ type: name })),
  });

export const leave = plain("leave");
export const accept = plain("accept");
export const pass = plain("pass");
export const skip = plain("skip");

export const join = command({
  name: "join",
  group: "take-part",
  args: noWords,
  run: (_, { ask, actor, message, live }: Uses<"ask" | "actor" | "message" | "live">) => {
    const refusal = ask({ type: "join", name: actor.name, message });
    if (refusal && live?.meeting.people.some(({ id }) => id === actor.id))
      ask({ type: "seek-agreement", name: actor.name, message });
    return outcomeOf(refusal);
  },
});
