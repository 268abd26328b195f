import { anyOf } from "../text/phrases.ts";
import { normalise } from "../text/words.ts";

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

/** Tells whether a sentence says that the circle has decided something, here and now. */
export function isDecided(sentence: string): boolean {
  const said = normalise(sentence);
  return !/\?["»”')]*$/u.test(said) && DECIDED.test(said) && !NOT_HERE.test(said) && said.split(/\s+/).length >= 4;
}
