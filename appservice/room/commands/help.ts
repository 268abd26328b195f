import { z } from "zod";
import { command } from "./command.ts";

export const help = command({
  name: "help", usage: "", summary: "command.help.help", args: z.array(z.string()),
  run: (_, { t, commands }) => ({
    outcome: "say",
    lines: [
      { heading: t("command.help.title") },
      ...commands.map(({ name, usage, summary }) => ({ lead: `!circle ${name}${usage && ` ${usage}`}`, item: t(summary) })),
    ],
  }),
});
