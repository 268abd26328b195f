import { z } from "zod";
import type { Decision, Question } from "../../protocol/meeting-record.ts";
import type { RunInput } from "../plugin.ts";
import { itemId, unrepeatedItems } from "../text/items.ts";
import { contentStems } from "../text/words.ts";
import { askInParts } from "./ask-in-parts.ts";
import { grounded } from "./grounding.ts";
import { LlmError, type Llm } from "./llm.ts";
import { promptsIn } from "./prompts/prompts.ts";

const numbers = z.array(z.number().int());
const Decided = z.object({ decisions: z.array(z.object({ text: z.string().min(1), from: numbers })) });
const Asked = z.object({
  questions: z.array(z.object({ text: z.string().min(1), from: numbers, answered_in: numbers })),
});

/** Share of words that must have been said, high since people are held to these items. */
const SHARE = 0.6;

/**
 * Writes decisions by a language model, each checked against the transcript. Decisions called one aloud are there in
 * any case.
 */
export async function writeDecisions(input: RunInput, llm: Llm, byRule: readonly Decision[]): Promise<Decision[]> {
  const check = checker(input, "decision");
  const asked = await askInParts(input, llm, {
    name: "decisions",
    system: promptsIn(input.language).decisions,
    schema: Decided,
  });
  const found = asked.flatMap(({ answer, part }) =>
    answer.decisions.flatMap((claim): Decision[] => {
      const kept = check(claim, part);
      return kept
        ? [{ id: itemId("d", kept.from[0]!, kept.text), ...kept, confirmedBy: null, status: "suggested" }]
        : [];
    }),
  );
  return unlessNothing(
    found,
    byRule,
    (all) => unrepeatedItems(all, ({ status }) => status === "confirmed"),
    ({ status }) => status === "confirmed",
  );
}

/**
 * Writes questions by a language model. It says where it thinks one was answered; that counts only if somebody else
 * says something there, after it was asked.
 */
export async function writeQuestions(input: RunInput, llm: Llm, byRule: readonly Question[]): Promise<Question[]> {
  const check = checker(input, "question");
  const place = new Map(input.utterances.map(({ id, speaker }, at) => [id, { at, speaker }]));
  const asked = await askInParts(input, llm, {
    name: "questions",
    system: promptsIn(input.language).questions,
    schema: Asked,
  });
  const found = asked.flatMap(({ answer, part }) =>
    answer.questions.flatMap((claim): Question[] => {
      const kept = check(claim, part);
      if (!kept) return [];
      const source = place.get(kept.from[0]!)!;
      const answeredIn = claim.answered_in
        .flatMap((line) => part[line - 1]?.from ?? [])
        .filter((id) => place.get(id)!.at > source.at && place.get(id)!.speaker !== source.speaker);
      return [
        {
          id: itemId("q", kept.from[0]!, kept.text),
          ...kept,
          confirmedBy: null,
          status: answeredIn.length > 0 ? "answered" : "suggested",
          answeredIn: [...new Set(answeredIn)],
        },
      ];
    }),
  );
  return unlessNothing(
    found,
    byRule,
    (all) => unrepeatedItems(all, ({ confirmedBy }) => confirmedBy !== null),
    ({ confirmedBy }) => confirmedBy !== null,
  );
}

function checker(input: RunInput, what: string) {
  const utterances = new Map(input.utterances.map((utterance) => [utterance.id, utterance]));
  const names = new Set(input.people.flatMap(({ name }) => contentStems(name)));
  return (claim: Parameters<typeof grounded>[0], part: Parameters<typeof grounded>[1]) => {
    const kept = grounded(claim, part, utterances, names, SHARE);
    if (!kept) input.warn(`a ${what} of the language model rests on nothing that was said and is dropped`);
    return kept;
  };
}

/** Trusts the rules where the model finds nothing: small models often do so, while rules seldom err. */
function unlessNothing<T>(
  found: readonly T[],
  byRule: readonly T[],
  unrepeated: (all: readonly T[]) => T[],
  aloud: (item: T) => boolean,
): T[] {
  if (found.length === 0 && byRule.some((item) => !aloud(item)))
    throw new LlmError("ungrounded", "the model finds nothing where there is something");
  return unrepeated([...byRule.filter(aloud), ...found]);
}
