import { z } from "zod";
import { meaningOf } from "../../language/command-words.ts";
import { asyncCommand } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { refused, say } from "./outcome.ts";

/** Sends a person the address of all that is kept of them in the room. */
export const my = asyncCommand({
  name: "my",
  group: "record",
  args: z.tuple([z.string().refine((typed) => meaningOf(typed, ["word.my.data"]) !== null)]),
  run: async (_, context: Uses<"actor" | "live" | "t" | "sendOwnData">) =>
    allowed("take-own-data", context)
      ? say(context.t((await context.sendOwnData()) ? "own-data.sent" : "link.refused"))
      : refused("not-in-room"),
});
