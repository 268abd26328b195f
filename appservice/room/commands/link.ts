import { z } from "zod";
import { errand, say } from "./command.ts";

export const link = errand({
  name: "link", group: "take-part", args: z.array(z.string()),
  run: async (_, { t }, { sendLink }) => say(t((await sendLink()) ? "link.sent" : "link.refused")),
});
