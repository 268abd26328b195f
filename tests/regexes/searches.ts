/** Searches a text with an expression, both from standard input as JSON; ends when it has. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const { source, flags, text } = z
  .object({ source: z.string(), flags: z.string(), text: z.string() })
  .parse(JSON.parse(readFileSync(0, "utf8")));
new RegExp(source, flags).exec(text);
