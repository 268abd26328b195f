import type { Utterance } from "../../protocol/meeting-record.ts";
import * as talk from "../talk/phrases-of-talk.ts";
import { anyOf, ENDS_ASKING, opensWith } from "../text/phrases.ts";
import { sentencesOf } from "../text/sentences.ts";
import { contentStems, normalise } from "../text/words.ts";

const WHETHER = opensWith("(?:so |and )?whether");
const CALLED_OPEN = anyOf(
  "questions? (?:is|are|stays?|remains?)(?: still)? open",
  "вопрос\\p{L}{0,3} (?:пока |еще )?(?:оста(?:ется|ются) )?(?:пока )?открыт\\p{L}{0,3}",
);

/** Tells whether a sentence asks, with the sign of a question or without, or says that something stays open. */
export function putsQuestion(text: string): boolean {
  const said = normalise(text).trim();
  return (
    ENDS_ASKING.test(said) ||
    talk.asksWithoutSign(said) ||
    talk.says(talk.STAYS_OPEN, said) ||
    WHETHER.test(said) ||
    CALLED_OPEN.test(said)
  );
}

/** Tells whether one of these utterances has a sentence that asks, with half of the words of this one. */
export function isAskedIn(utterances: readonly Utterance[], text: string): boolean {
  const stems = new Set(contentStems(text));
  return sentencesOf(utterances).some(
    (sentence) =>
      putsQuestion(sentence.text) &&
      stems.intersection(new Set(contentStems(sentence.text))).size >= Math.max(1, stems.size / 2),
  );
}
