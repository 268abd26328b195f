import { z } from "zod";
import { writeTasks } from "../llm/write-tasks.ts";
import type { Task } from "../../protocol/meeting-record.ts";
import { orByRule } from "../or-by-rule.ts";
import { plugin } from "../plugin.ts";
import { findTasks, withoutRepetition } from "../tasks/find-tasks.ts";
import { typedTasks } from "../tasks/typed-tasks.ts";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export default plugin({
  id: "tasks",
  version: "1",
  after: "meeting",
  about: "meeting",
  place: 20,
  reads: [],
  options: z
    .object({
      timeZone: z
        .string()
        .refine(isTimeZone, "is no time zone; it is written as in Europe/Moscow")
        .optional()
        .describe("Time zone in which “tomorrow” is reckoned, as in Europe/Moscow; the machine's own if not given"),
    })
    .strict(),
  async run(input) {
    const ground = { utterances: input.utterances, people: input.people, timeZone: input.options.timeZone ?? localZone };
    const byRule = findTasks(ground);
    const withTyped = (said: readonly Task[]) => withoutRepetition([...said, ...typedTasks(input.comments, ground)], input.people);
    const made = await orByRule(input, "tasks", byRule, (llm) => writeTasks(input, llm, ground, byRule));
    return { ...made.by, result: { form: "tasks", tasks: withTyped(made.items) } };
  },
});

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
