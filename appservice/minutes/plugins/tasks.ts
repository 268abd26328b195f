import { z } from "zod";
import { promptsIn } from "../llm/prompts/prompts.ts";
import { writeTasks } from "../llm/write-tasks.ts";
import type { Task } from "../../protocol/meeting-record.ts";
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
    if (input.llm && input.utterances.length > 0) {
      try {
        const tasks = await writeTasks(input, input.llm, ground, byRule);
        return { result: { form: "tasks", tasks: withTyped(tasks) }, method: "llm", model: input.llm.model, prompt: `tasks/${promptsIn(input.language).version}` };
      } catch (error) {
        input.signal.throwIfAborted();
        input.warn("no tasks by the language model; those found by rule are taken instead", { error: String(error) });
      }
    }
    return { result: { form: "tasks", tasks: withTyped(byRule) }, method: "rules", model: null, prompt: null };
  },
});

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
