import { contentStems, normalise } from "../text/words.ts";

/**
 * Phrases that open, close and hand on a turn. A sentence of nothing else carries nothing into the minutes. Written for
 * normalised text: small letters, е for ё.
 */
const PHRASES = new RegExp(
  [
    // Greeting, thanking, closing
    "(?:hello|hi|hey|good (?:morning|afternoon|evening|day))(?: there| again)?(?:,? (?:everyone|everybody|all|folks|guys|team|colleagues))?",
    "(?:thank you|thanks)(?: (?:you )?(?:so|very) much| a lot| everyone| everybody| all)*(?: for (?:the word|listening|your attention))?",
    "(?:all )?right|great|cool|sure|yes|no|bye|goodbye|see you",
    "(?:i think |i guess |so |and |well )*(?:that's|that is|that was|that will be) (?:all|it|everything)(?: (?:from|for) (?:me|my side)| i (?:have|had|wanted to say))?(?: for (?:now|today))?",
    "(?:i'm|i am|we're) (?:done|finished)",
    "(?:um |uh |well )*(?:not (?:so |very |too )?much|nothing (?:new|much)|no news)(?: (?:from|on) my side| from me| to report| to say)?|(?:у меня |с моей стороны )?(?:особо |пока )?(?:ничего нового|новостей нет|нет новостей)(?: у меня)?",
    "(?:i have )?nothing (?:more|else|to add)(?: to add| from me)?",
    "(?:всем |еще раз |коллеги |друзья |ребята )*(?:привет|приветствую|здравствуйте|добрый (?:день|вечер)|доброе утро)(?:ствую)?(?: всех| всем| вас| коллеги| друзья| еще раз)*",
    "(?:всем |большое |огромное )*спасибо(?: (?:большое|всем|вам|за внимание|за слово|что выслушали))*",
    "благодарю(?: (?:вас|всех|за внимание|за слово))*",
    "(?:у меня|это|на этом|вот и|пока|наверное|пожалуй|с моей стороны|на сегодня) (?:у меня |было |пока |наверное |пожалуй |на сегодня )*все",
    "все(?: у меня| пока| на этом)|я (?:все|закончила?)|мне (?:больше )?нечего (?:добавить|сказать)|добавить нечего|(?:больше )?ничего(?: не добавлю)?",
    "до свидания|до встречи|всем (?:пока|хорошего дня)|пока всем",
    // Handing on
    "(?:i |i'll |let me )?(?:pass|hand|give)(?:ing)?(?: over)?(?: the)? (?:word|floor|mic|microphone|it)(?: over)?(?: (?:on )?to \\S+)?|over to (?:you,? ?)?(?:\\p{L}+)?|next(?: please)?|your turn|go ahead",
    "(?:я )?(?:передаю|отдаю|передам) (?:слово|микрофон|эстафету)(?: дальше| дальше по кругу| следующему| \\p{L}+)?|следующий(?: пожалуйста)?|слово \\p{L}+",
    // Sound checks and introductions
    "(?:can you hear me|do you hear me|am i audible)(?: (?:well|now|okay|ok))?|меня (?:хорошо )?слышно|(?:вы )?(?:меня )?слышите(?: меня)?|раз раз(?: раз)?|one two three",
    "(?:my name is|this is|it's|i'm|i am) \\p{L}+(?: (?:here|speaking))?(?=\\s*(?:[.,!]|$))|(?:меня зовут|это) \\p{L}+(?=\\s*(?:[.,!]|$))",
    "(?:let me|i'll|i will|i'd like to|i want to) (?:start|begin)(?: first)?(?=\\s*(?:[.,!]|$))|(?:давайте )?(?:я )?начну(?: (?:с себя|я|пожалуй))?(?=\\s*(?:[.,!]|$))",
  ]
    .map((phrase) => `(?<![\\p{L}\\p{N}'])(?:${phrase})(?![\\p{L}\\p{N}'])`)
    .join("|"),
  "gu",
);

/** Words that stand beside such phrases and change nothing. */
const PADDING = new Set(
  contentStems(
    "colleagues guys folks everyone everybody team word floor коллеги друзья ребята слово дальше круг кругу спасибо привет",
  ),
);

/**
 * Tells whether a sentence is only filler. `names` are those of the participants: "Thank you, Boris" says no more than
 * "Thank you".
 */
export function isFiller(sentence: string, names: ReadonlySet<string> = new Set()): boolean {
  const rest = contentStems(normalise(sentence).replace(PHRASES, " "));
  return rest.every((stem) => PADDING.has(stem) || names.has(stem));
}
