import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { may } from "../../protocol/rights.ts";
import { command } from "./command.ts";
import type { Uses } from "./context.ts";
import { type CommandOutcome, say } from "./outcome.ts";

/** Erases all that a person said and wrote in the room, once they have read what that means and say so again. */
export const forget = command({
  name: "forget",
  group: "record",
  args: z.array(z.string()).min(1),
  run: ([whom = "", sure], context: Uses<"actor" | "live" | "t" | "eraseOwnWords">): CommandOutcome => {
    const { actor, live, t, eraseOwnWords } = context;
    const isOwn = meaningOf(whom, ["word.forget.me"]) !== null;
    const allowed = may("erase-words", actor, live?.meeting ?? null, { authors: isOwn ? [actor.id] : [] });
    if (!allowed) return say(t("forget.only-own"));
    if (sure === undefined || meaningOf(sure, ["word.yes"]) === null) return say(t("forget.what"), t("forget.how"));
    eraseOwnWords();
    return say(t("forget.begun"));
  },
});
