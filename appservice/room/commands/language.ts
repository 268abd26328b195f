import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { translateTo } from "../../language/translate.ts";
import { Language } from "../../protocol/identity.ts";
import { command } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { refused, say } from "./outcome.ts";

export const language = command({
  name: "language",
  group: "room",
  args: z.tuple([z.string()]).transform(([typed], context): Language => {
    const found = Language.options.find((each) => meaningOf(typed, [`word.language.${each}`]));
    if (found) return found;
    context.addIssue("no language of ours");
    return z.NEVER;
  }),
  run: (chosen, context: Uses<"actor" | "live" | "chooseLanguage">) => {
    if (!allowed("choose-language", context)) return refused("not-moderator");
    context.chooseLanguage(chosen);
    return say(translateTo(chosen)("language.chosen"));
  },
});
