import { z } from "zod";
import { joinedTasks } from "../llm/join-items.ts";
import { writeTasks } from "../llm/write-tasks.ts";
import { withModel } from "../with-model.ts";
import { plugin } from "../plugin.ts";

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
    const ground = {
      utterances: input.utterances,
      people: input.people,
      timeZone: input.options.timeZone ?? localZone,
    };
    const byRule = await input.byRule("findTasks", ground);
    const made = await withModel(input, "tasks", byRule, {
      find: (llm) => writeTasks(input, llm, ground),
      join: joinedTasks,
    });
    const typed = await input.byRule("typedTasks", input.comments, ground);
    return {
      ...made.by,
      result: {
        form: "tasks",
        tasks: await input.byRule("withoutRepetition", [...made.items, ...typed], input.people),
      },
    };
  },
});

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
