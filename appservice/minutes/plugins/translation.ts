import { z } from "zod";
import { translator } from "../plugin.ts";
import { translateTexts } from "../translation/translate-texts.ts";

export default translator({
  id: "translation",
  version: "1",
  options: z
    .object({
      encrypted: z
        .boolean()
        .default(false)
        .describe("Translates in encrypted rooms, too, whose words then go to the model each time that somebody asks"),
    })
    .strict(),
  async translate({ texts, to, encrypted, llm, options, signal }) {
    const nothing = { texts: texts.map(() => null), model: null };
    if (!llm) return { ...nothing, failed: "no-model" };
    if (encrypted && !options.encrypted) return { ...nothing, failed: "encrypted" };
    return translateTexts(texts, to, llm, signal);
  },
});
