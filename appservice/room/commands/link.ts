import { z } from "zod";
import { command, errand, say } from "./command.ts";

export const link = errand({
  name: "link",
  group: "take-part",
  args: z.array(z.string()),
  run: async (_, { t }, { sendLink }) => say(t((await sendLink()) ? "link.sent" : "link.refused")),
});

export const signout = command({
  name: "signout",
  group: "take-part",
  args: z.array(z.string()),
  run: (_, { t, signOut }) => {
    signOut();
    return say(t("sign-out.done"));
  },
});
