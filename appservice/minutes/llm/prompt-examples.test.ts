import { expect, test } from "vitest";
import { answer, plugins, run } from "../../../tests/support/minutes/run-plugin.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import type { About } from "../../protocol/meeting-record.ts";
import type { Language } from "../../protocol/identity.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { promptsIn } from "./prompts/prompts.ts";

const ANNA = personId("@anna:x");
const ABOUT: Readonly<Record<string, About>> = {
  "participant-summary": { kind: "participant", circle: 1, participant: ANNA },
  "circle-summary": { kind: "circle", circle: 1 },
  "meeting-summary": { kind: "meeting" },
  tasks: { kind: "meeting" },
  decisions: { kind: "meeting" },
  questions: { kind: "meeting" },
};
const SAID: Readonly<Record<Language, readonly string[]>> = {
  en: ["The old printer is broken since Monday, so I'll order a new one by Friday.", "Who pays for it?", "We buy it."],
  ru: ["Старый принтер сломан с понедельника, я закажу новый до пятницы.", "Кто за него платит?", "Решили купить."],
};

/** Answers that stand as examples in the instructions, each as it is and as if it rested on the first lines. */
function examplesIn(instructions: string): unknown[] {
  return [...instructions.matchAll(/\{"(?:[^\n])*\}/g)].flatMap(([text]) => {
    const given: unknown = JSON.parse(text);
    return [given, JSON.parse(text.replaceAll(/\[\d+(?:,\s*\d+)*\]/g, "[1]"))];
  });
}

const words = (["en", "ru"] as const).flatMap((language) => promptsIn(language).exampleWords);
const anyExample = new RegExp(words.map((word) => word.slice(0, -1)).join("|"), "i");

test.each(Object.keys(ABOUT).flatMap((id) => (["en", "ru"] as const).map((language) => [id, language] as const)))(
  "no example of a prompt can leak into the minutes: %s in %s",
  async (id, language) => {
    const utterances = SAID[language].map((text, i) =>
      utterance({ id: `${i + 1}.1`, turn: i + 1, text, speaker: i === 1 ? personId("@boris:x") : ANNA }),
    );
    const given = { utterances, language, options: plugins.find((each) => each.id === id)!.options.parse({}) };
    const { asked } = await run(id, ABOUT[id]!, () => answer({}), given);
    const instructions = asked.flatMap(({ messages }) => messages).find(({ role }) => role === "system")!.content;
    const examples = examplesIn(instructions);
    expect(JSON.stringify(examples), "the example is there").toMatch(anyExample);
    for (const example of examples) {
      const { made } = await run(id, ABOUT[id]!, () => answer(example), given);
      expect(JSON.stringify(made.result)).not.toMatch(anyExample);
    }
  },
);
