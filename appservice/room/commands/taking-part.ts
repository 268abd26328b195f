import { z } from "zod";
import { command, outcomeOf } from "./command.ts";

const noWords = z.array(z.string());

/** Commands that ask one thing of the meeting and take no words. */
const plain = (name: "leave" | "accept" | "pass" | "skip") =>
  command({ name, group: "take-part", args: noWords, run: (_, { ask }) => outcomeOf(ask({ type: name })) });

export const leave = plain("leave");
export const accept = plain("accept");
export const pass = plain("pass");
export const skip = plain("skip");

export const join = command({
  name: "join", group: "take-part", args: noWords,
  run: (_, { ask, byName }) => outcomeOf(ask({ type: "join", name: byName })),
});
