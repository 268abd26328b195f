import { z } from "zod";
import type { Decision, Question } from "../../protocol/meeting-record.ts";
import type { RunInput } from "../plugin.ts";
import { turnsOfOthers } from "../../journal/parts-of-work.ts";
import { isAskedIn, putsQuestion } from "../questions/puts-question.ts";
import { itemId } from "../text/items.ts";
import { askInParts } from "./ask-in-parts.ts";
import { checkedClaims } from "./claim-check.ts";
import { claimed } from "./claimed.ts";
import type { Llm } from "./llm.ts";
import { promptsIn } from "./prompts/prompts.ts";
import { withoutFlood } from "./without-flood.ts";

const DECISIONS = { key: "decisions", element: z.object({ text: claimed.text, from: claimed.from }), most: 15 };
const QUESTIONS = {
  key: "questions",
  element: z.object({ text: claimed.text, from: claimed.from, answered_in: claimed.from }),
  most: 15,
};

/** Finds decisions by a language model, each checked against the transcript. */
export async function writeDecisions(input: RunInput, llm: Llm): Promise<Decision[]> {
  const asked = await askInParts(input, llm, { system: promptsIn(input.language).decisions, form: DECISIONS });
  const checked = await checkedClaims(input, llm, "decision", asked, ({ text }) => text);
  const found = checked.map(({ kept }): Decision => {
    return { id: itemId("d", kept.from[0]!, kept.text), ...kept, confirmedBy: null, status: "suggested" };
  });
  return withoutFlood(found, input);
}

/**
 * Finds questions by a language model; of what it takes for one, a statement is left out. It says where it thinks one
 * was answered; that counts only if somebody else says something there, after it was asked.
 */
export async function writeQuestions(input: RunInput, llm: Llm): Promise<Question[]> {
  const place = new Map(input.utterances.map(({ id, speaker }, at) => [id, { at, speaker }]));
  const asked = await askInParts(input, llm, { system: promptsIn(input.language).questions, form: QUESTIONS });
  const said = new Map(input.utterances.map((utterance) => [utterance.id, utterance]));
  const questions: (typeof asked)[number][] = [];
  const others = turnsOfOthers();
  for (const one of asked) {
    await others();
    const { text, from } = one.claim;
    const ids = new Set(from.flatMap((line) => one.part[line - 1]?.from ?? []));
    const lines = [...ids].flatMap((id) => said.get(id) ?? []);
    if (putsQuestion(text) || isAskedIn(lines, text)) questions.push(one);
  }
  if (questions.length < asked.length)
    input.warn("statements that the language model takes for questions are dropped", {
      dropped: asked.length - questions.length,
    });
  const checked = await checkedClaims(input, llm, "question", questions, ({ text }) => text);
  const found = checked.map(({ claim, part, kept }): Question => {
    const source = place.get(kept.from[0]!)!;
    const answeredIn = claim.answered_in
      .flatMap((line) => part[line - 1]?.from ?? [])
      .filter((id) => place.get(id)!.at > source.at && place.get(id)!.speaker !== source.speaker);
    return {
      id: itemId("q", kept.from[0]!, kept.text),
      ...kept,
      confirmedBy: null,
      status: answeredIn.length > 0 ? "answered" : "suggested",
      answeredIn: [...new Set(answeredIn)],
    };
  });
  return withoutFlood(found, input);
}
