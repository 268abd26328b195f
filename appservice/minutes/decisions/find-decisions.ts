import type { ParticipantId } from "../../protocol/identity.ts";
import type { Comment, Decision, Utterance } from "../../protocol/meeting-record.ts";
import { calledOutDecisions } from "../../protocol/record-contents.ts";
import { itemId, unrepeatedItems, withoutCalledOut } from "../text/items.ts";
import { anyOf } from "../text/phrases.ts";
import { sentencesOf, type Sentence } from "../text/sentences.ts";
import { normalise } from "../text/words.ts";

/**
 * Finds decisions by rule: those called one aloud ("Decision: …"), which need no confirmation, and sentences in which
 * people say that they have decided or agreed. Few and right rather than many: the latter are suggestions, in the words
 * in which they were said.
 */
export function findDecisions(utterances: readonly Utterance[], comments: readonly Comment[]): Decision[] {
  const said = sentencesOf(withoutCalledOut(utterances, "decision")).flatMap(decisionIn);
  const typed = comments.flatMap(({ id, who, text }) => {
    const matter = calledADecision(text);
    return matter === null ? [] : [confirmed(id, matter, [id], who)];
  });
  const place = new Map(utterances.map(({ id }, i) => [id, i]));
  const spoken = [...calledOutDecisions(utterances), ...said].sort(
    (one, other) => (place.get(one.from[0]!) ?? 0) - (place.get(other.from[0]!) ?? 0),
  );
  return unrepeatedItems([...spoken, ...typed], ({ status }) => status === "confirmed");
}

function decisionIn({ text, from, speaker }: Sentence): Decision[] {
  const matter = calledADecision(text);
  if (matter !== null) return [confirmed(from[0]!, matter, from, speaker)];
  if (!isDecided(text)) return [];
  return [{ id: itemId("d", from[0]!, text), text, from: [...from], confirmedBy: null, status: "suggested" }];
}

function confirmed(source: string, text: string, from: readonly string[], by: ParticipantId): Decision {
  return { id: itemId("d", source, text), text, from: [...from], confirmedBy: by, status: "confirmed" };
}

const CALLED = /^\s*(?:(?:so|and|our|the|new|итак|наше|общее|новое)[ ,]+)*(?:decision|решение)\s*[:—–]\s*(?=\S)/iu;

/** Text behind "Decision: "; null where nothing was called one. */
function calledADecision(text: string): string | null {
  const matter = CALLED.test(text) ? text.replace(CALLED, "").trim() : "";
  return matter === "" || matter.endsWith("?") ? null : matter.charAt(0).toLocaleUpperCase() + matter.slice(1);
}

const DECIDED = anyOf(
  "we (?:have |all |both |just |finally |now |then |together )*(?:decided|agreed|settled|resolved|chose)(?: to| that| on| for)?",
  "we've (?:all |just |finally |now )*(?:decided|agreed|settled|chosen)|(?:it's|it is|that's|that is|this is) (?:decided|agreed|settled)",
  "(?:it was|has been|is now) (?:decided|agreed)|(?:then |so )we(?:'ll| will) go with|we(?:'re| are) going with|let's (?:go with|settle on|agree (?:on|to|that))",
  "(?:решили|договорились|постановили|условились|порешили)(?: так)?",
  "(?:мы )?(?:приняли|принимаем) решение|(?:значит |итак |так )?решено|(?:мы )?(?:сошлись|остановились|останавливаемся|остановимся) на",
  "давайте (?:тогда |так )?(?:решим так|договоримся(?: так)?|остановимся на)|(?:значит|тогда),? так и (?:делаем|сделаем|поступим|решим)",
);

/** Words for a decision that is not there yet, was not taken here, or was taken at another time. */
const NOT_HERE = anyOf(
  "(?:not|never|haven't|hasn't|didn't|don't|isn't|wasn't|nothing)(?: (?:yet|really|been|we))* (?:decided?|agreed?|settled|resolved|chosen?)",
  "if|unless|whether|until we|once we|before we|when we|would|could|should have|they (?:have )?(?:decided|agreed)|i(?:'d| would) like|i want|hope|wish",
  "last (?:week|month|year|time|meeting|quarter)|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|years? ago|months? ago|back then|earlier this|previously",
  "(?:не|ничего не|так и не|еще не|пока не) (?:решили|решено|договорились|приняли|сошлись|остановились|условились)",
  "если|чтобы|ли|бы|пока|хочу|хотел\\p{L}*|надеюсь|надо|нужно|пусть|когда|прежде чем|кто",
  "(?:в )?прошл\\p{L}+ (?:раз\\p{L}*|недел\\p{L}+|месяц\\p{L}*|год\\p{L}*|встреч\\p{L}+|квартал\\p{L}*|круг\\p{L}*)|назад|раньше|когда-то|в свое время",
);

function isDecided(sentence: string): boolean {
  const said = normalise(sentence);
  return !/\?["»”')]*$/u.test(said) && DECIDED.test(said) && !NOT_HERE.test(said) && said.split(/\s+/).length >= 4;
}
