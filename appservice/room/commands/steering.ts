import { z } from "zod";
import { command, outcomeOf } from "./command.ts";

const noWords = z.array(z.string());

type Plain = "leave" | "accept" | "pass" | "skip" | "pause" | "resume" | "next-circle" | "end";

/** Commands that ask one thing of the meeting and take no words. */
const plain = (name: string, summary: Plain | "next", type: Plain) =>
  command({
    name, usage: "", summary: `command.help.${summary === "next-circle" ? "next" : summary}`, args: noWords,
    run: (_, { ask }) => outcomeOf(ask({ type })),
  });

export const leave = plain("leave", "leave", "leave");
export const accept = plain("accept", "accept", "accept");
export const pass = plain("pass", "pass", "pass");
export const skip = plain("skip", "skip", "skip");
export const pause = plain("pause", "pause", "pause");
export const resume = plain("resume", "resume", "resume");
export const next = plain("next", "next", "next-circle");
export const end = plain("end", "end", "end");

export const join = command({
  name: "join", usage: "", summary: "command.help.join", args: noWords,
  run: (_, { ask, byName }) => outcomeOf(ask({ type: "join", name: byName })),
});

export const extend = command({
  name: "extend", usage: "[seconds]", summary: "command.help.extend",
  args: z.array(z.string()).transform((words) => Number(words[0] ?? 30)).pipe(z.number().int().min(5).max(300)),
  run: (seconds, { ask }) => outcomeOf(ask({ type: "extend", byMs: seconds * 1000 })),
});
