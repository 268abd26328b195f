import { z } from "zod";
import { allowed, command, asyncCommand, refused, say } from "./command.ts";

export const link = asyncCommand({
  name: "link",
  group: "take-part",
  args: z.array(z.string()),
  run: async (_, context, { sendLink }) =>
    allowed("take-link", context)
      ? say(context.t((await sendLink()) ? "link.sent" : "link.refused"))
      : refused("not-in-room"),
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
