import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { asyncCommand } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { refused, say } from "./outcome.ts";

const Args = z
  .array(z.string())
  .max(1)
  .transform(([typed], context): "bind" | "unbind" => {
    if (typed === undefined) return "bind";
    if (meaningOf(typed, ["word.telegram.off"])) return "unbind";
    context.addIssue("nothing that can become of a chat");
    return z.NEVER;
  });

/** The code goes to the keeper alone: whoever has it and administers a chat has the room's record there. */
export const telegram = asyncCommand({
  name: "telegram",
  group: "room",
  args: Args,
  run: async (what, context: Uses<"actor" | "live" | "t" | "tellAlone" | "telegramChat">) => {
    const { t, tellAlone, telegramChat: chat } = context;
    if (!allowed("set-up-room", context)) return refused("not-keeper");
    if (!chat) return say(t("telegram.none"));
    if (what === "unbind") {
      const title = chat.unbind();
      return say(title === null ? t("telegram.not-bound") : t("telegram.let-go", { title }));
    }
    if (await chat.isEncrypted()) return say(t("telegram.encrypted"));
    const told = await tellAlone([
      t("telegram.code", { bot: chat.bot }),
      [{ code: `/bind@${chat.bot} ${chat.offer()}` }],
      t("telegram.code.caution"),
    ]);
    return say(t(told ? "telegram.code.sent" : "telegram.code.refused"));
  },
});
