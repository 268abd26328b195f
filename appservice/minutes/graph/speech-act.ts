import { isFiller } from "../highlights/filler.ts";
import { anyOf, ENDS_ASKING, opensWith } from "../text/phrases.ts";
import { contentStems, normalise } from "../text/words.ts";

export type SpeechAct = "proposal" | "question" | "agreement" | "objection";

/**
 * Names the act of a sentence, by its wording and by conservative rules in both languages: a sentence that is not
 * plainly one of these is a statement. For an agreement or an objection this does not tell yet for whom it is meant.
 */
export function speechAct(sentence: string): SpeechAct | null {
  const text = normalise(sentence);
  if (isFiller(sentence)) return null;
  if (ENDS_ASKING.test(sentence.trim())) {
    if (PROPOSING_QUESTION.test(text)) return "proposal";
    return contentStems(sentence).length >= 2 && !PROCEDURE.test(text) ? "question" : null;
  }
  if (OBJECTION.test(text)) return CONDITION.test(text) ? null : "objection";
  if (AGREEMENT.test(text)) return CONDITION.test(text) ? null : "agreement";
  return PROPOSAL.test(text) && !PROCEDURE.test(text) && contentStems(sentence).length >= 2 ? "proposal" : null;
}

/** Tells whether a sentence says of itself that it answers a question. */
export function answersQuestion(sentence: string): boolean {
  return ANSWER.test(normalise(sentence)) && !ENDS_ASKING.test(sentence.trim());
}

/** Words that make a sentence conditional: "I would agree if …" binds nobody. */
const CONDITION = anyOf("если|бы|if|unless|would|когда-нибудь");
/** Words about how the circle goes on, not about its subject. */
const PROCEDURE = anyOf(
  "(?:давайте|предлагаю) (?:я |мы |уже |сначала |теперь )*(?:начн\\p{L}*|начинать|начать|продолж\\p{L}*|переход\\p{L}*|перейд\\p{L}*|перейти|закончи\\p{L}*|послуша\\p{L}*|передам|дальше)",
  "let's (?:just |now )?(?:start|begin|go on|move on|continue|see|hear|wrap up)|(?:можно|можете) (?:мне |я )?(?:начать|повторить)|(?:can|could) (?:i|you) (?:start|repeat)",
  "слышно|видно|can you hear",
);
const PROPOSAL = anyOf(
  "предлага(?:ю|ем)|у меня (?:есть |такое |вот )?предложение|мое предложение|давайте|(?:хорошо|неплохо|здорово|правильно) бы|(?:нам|мы) (?:стоит|следует)|было бы (?:хорошо|здорово|неплохо)",
  "(?:i|we) (?:would like to |want to |would )?(?:propose|suggest|recommend)|i'd (?:like to )?(?:propose|suggest|recommend)|my (?:proposal|suggestion)(?: is)?|let's|let us|we should",
);
const PROPOSING_QUESTION = anyOf(
  "(?:а )?(?:что|может)(?:,)? если|почему бы (?:нам )?не|может(?: быть)?,? (?:нам )?стоит",
  "what if (?:we)?|how about|why don't we|shall we|should we maybe",
);
/** Start of the speaker's own words: at the beginning of a clause, or after "I". */
const OWN = "(?:^|[,.;:—–] ?|(?<!\\p{L})(?:я|и|тоже|тут|здесь|полностью|совершенно|целиком|абсолютно|в этом|очень) )";
const AGREEMENT = new RegExp(
  `${OWN}(?:согласн[аы]?|согласен|поддерживаю|поддержу|присоединяюсь)(?!\\p{L})|${anyOf("i (?:fully |totally |completely |quite |strongly |really |also )*(?:agree with|second|support)|i'm with|i am with").source}`,
  "u",
);
const OBJECTION = new RegExp(
  `${OWN}(?:не (?:совсем |вполне )?согласн[аы]?|не (?:совсем |вполне )?согласен|против|возражаю|не поддерживаю)(?!\\p{L})|${anyOf("i (?:strongly |totally )?(?:disagree|object)|i (?:don't|do not|can't|cannot) (?:agree|support)|i'm (?:strongly )?against|i am (?:strongly )?against").source}`,
  "u",
);
const ANSWER = new RegExp(
  `${
    anyOf(
      "отвеча(?:я|ю) (?:на|\\p{L}+)|отвечу (?:на|\\p{L}+)|в ответ на|ответ на (?:\\p{L}+ )?вопрос|по поводу вопроса|насчет вопроса|на вопрос",
      "(?:to|i'll|i will|let me) answer|answering|in answer to|as (?:for|to) \\p{L}+(?:'s)? question|about your question",
    ).source
  }|${opensWith("ответ").source}`,
  "u",
);
