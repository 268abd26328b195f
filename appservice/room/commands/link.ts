import { z } from "zod";
import { asyncCommand, command } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { refused, say } from "./outcome.ts";

export const link = asyncCommand({
  name: "link",
  group: "take-part",
  args: z.array(z.string()),
  run: async (_, context: Uses<"actor" | "live" | "t" | "sendLink">) =>
    allowed("take-link", context)
      ? say(context.t((await context.sendLink()) ? "link.sent" : "link.refused"))
      : refused("not-in-room"),
});

export const signout = command({
  name: "signout",
  group: "take-part",
  args: z.array(z.string()),
  run: (_, { t, signOut }: Uses<"t" | "signOut">) => {
    signOut();
    return say(t("sign-out.done"));
  },
});
