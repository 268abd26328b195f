import { anyOf, opensWith } from "../text/phrases.ts";

/** Words that come before what a sentence does, and change nothing of it. */
const LEADS = opensWith(
  "ну|а|и|так|вот|но|да|хм|ой|okay|ok|well|so|and|but|oh|hmm?|um|uh|yeah|yes|right|хорошо|ладно|окей|мне кажется|я думаю|я считаю|по-моему|i think|i guess|i feel",
);
const MOST_LEADS = 6;

/** Forms of a sentence by which it is known: as it is, and without one after another of the words that lead in. */
function beginnings(said: string): string[] {
  const forms = [said];
  for (let rest = said; forms.length <= MOST_LEADS; ) {
    const lead = LEADS.exec(rest);
    if (!lead) break;
    rest = rest.slice(lead[0].length).replace(/^[ ,.]{1,4}/u, "");
    forms.push(rest);
  }
  return forms;
}

/** Makes an expression of each line, for one of them all would be too long to be shown linear. */
function eachOf(make: (phrase: string) => RegExp, ...lines: readonly string[]): readonly RegExp[] {
  return lines.map((line) => make(line));
}

/** Tells whether a sentence says one of these. */
export function says(phrases: readonly RegExp[], said: string): boolean {
  return phrases.some((phrase) => phrase.test(said));
}

/** Tells whether it begins with one of these, whatever leads in. */
export function begins(phrases: readonly RegExp[], said: string): boolean {
  return beginnings(said).some((form) => says(phrases, form));
}

/** Proposals, plain or put carefully; only those to which somebody answers count. */
export const PROPOSES = eachOf(
  anyOf,
  "предлага(?:ю|ем)|предложил[аи]? бы|у меня (?:есть |такое |вот )?предложение|давайте(?! я )|(?:хорошо|неплохо|здорово|лучше) бы",
  "(?:а )?(?:что|может)(?: быть)?,? если|почему бы|может(?: быть)?,? \\p{L}{1,20}|надо бы|(?:думаю|считаю|кажется),? (?:что )?(?:надо|нужно|стоит|нужна)|можно (?:было бы )?\\p{L}{1,20}ть",
  "(?:i|we)(?:'d| would)?(?: like to| want to| would)? (?:propose|suggest|recommend|go for)|my (?:proposal|suggestion)|let's|let us|(?:i think |maybe )?we (?:should|could)",
  "what if|how about|what about|why don't we|shall we|should we|maybe we|(?:i'd|i would) like to \\p{L}{1,20}|i would|maybe (?:put|use|ask|make|take|try|move|start)",
);
/** "Forty then", "тогда суббота": a few words that name another choice. */
export const OTHER_CHOICE = eachOf(anyOf, "then|тогда|instead");

export const OBJECTS = eachOf(
  opensWith,
  "(?:я |мы |тут |здесь )?(?:не согласн[аы]?|не согласен|против|возражаю|не поддерживаю)",
  "(?:и )?я бы не (?:стал|стала|хотел|хотела)|мне (?:\\p{L}{1,20} )?не нравится|не уверен[аы]?|не надо|\\p{L}{1,20} не (?:получится|выйдет|пойдет|подойдет)|это (?:скучно|дорого|рано|поздно|плохо|опасно)",
  "(?:у меня |мне )?(?:тоже |это )?не (?:получится|выйдет|подходит)|я не (?:могу|смогу)|\\p{L}{1,20} не (?:разрешат|дадут|получится)|мне кажется,? (?:\\p{L}{1,20} ){1,4}(?:рано|поздно|дорого|много|мало)",
  "i (?:strongly |totally )?(?:disagree|object)|i (?:don't|do not|can't|cannot) (?:agree|support|like|think|do|make|see)|i(?:'m| am) (?:strongly )?(?:against|not a fan|not sure|not convinced)|i wasn't convinced|no way",
  "please not \\p{L}{1,20}|not \\p{L}{1,20},? please|(?:that|it|this) (?:won't|wouldn't|doesn't|can't) (?:work|do|help|fit)|we (?:can't|cannot) afford",
  "[\\p{L}\\p{N}]{1,20}(?: [\\p{L}\\p{N}]{1,20}){0,2} is too|the \\p{L}{1,20} can't",
);
export const OBJECTS_ANYWHERE = eachOf(
  anyOf,
  "(?:я|мы) (?:\\p{L}{1,20} )?против|не согласн[аы]|не согласен|не хватит|это решение плохое|i'm against|i disagree|i don't agree",
);

/** Consent that says so. */
export const AGREES = eachOf(
  anyOf,
  "(?<!не )(?:согласн[аы]|согласен|поддерживаю|поддержу|присоединяюсь)|не (?:против|возражаю)|(?:я|мы|и|а)(?: тоже| целиком| полностью)? за|мне (?:\\p{L}{1,20} ){0,2}(?:нравится|подходит|удобно)|меня (?:это )?устро\\p{L}{1,20}",
  "(?:хорошая|отличная|дельная|правильная|хорошее) (?:мысль|идея|предложение)|я как \\p{L}{1,20}|(?:лучше|дешевле|годится|пойдет|подойдет)|другое дело|куда ни шло|шаблон нужен",
  "i (?:fully |totally |completely |quite |strongly |really |also |would |'d )*(?:agree|second|support)(?: that| it)?|i'd (?:support|go for|be for)|i(?:'m| am)(?: \\p{L}{1,20})? (?:with|for|happy with|fine with|okay with|ok with|in favour)|i can live with",
  "(?:good|great|nice|fair|lovely|excellent|brilliant) (?:idea|plan|thought)|(?:sounds?|that'd be|that would be|is|are|it's|that's) (?:very |really |quite )?(?:good|great|fine|right|fair|okay|ok|perfect|sensible)|makes sense|love (?:it|that)|(?:works?|fine|okay|ok|good) (?:for|by|with) (?:me|us)|would (?:help|work)|has a point|count me in",
);
/** Consent by a word or two, which means what was proposed just before. */
export const NODS = eachOf(
  opensWith,
  "за|годится|принято|договорились|решили|решено|конечно|согласен|согласна|давай(?:те)?|пойдет|так пойдет|окей|ок|хорошо|ладно|да|точно|верно|отлично|отличная|тогда",
  "agreed|deal|done|yes|yeah|yep|ok|okay|sure|fine|great|good|works|perfect|absolutely|exactly|all right|alright|all good|same here|me too|lovely|right|then|so",
  "(?:\\p{L}{1,20} ){0,2}(?:так \\p{L}{1,20}|it is)",
);

/** Says that a matter is settled, without saying which. */
export const SETTLES = eachOf(
  opensWith,
  "(?:на этом )?(?:договорились|решили|решено|принято|порешили)(?:,? так)?|(?:значит )?так и (?:запишем|решим|сделаем|поступим|делаем)|(?:it's |that's )?(?:agreed|settled|decided|done|deal)|fine,? from now on",
);
/** Draws the conclusion: "so we open at eight", "тогда идём по просеке". */
export const CONCLUDES = eachOf(
  opensWith,
  "(?:значит|итак|тогда|стало быть|всё,? тогда|решили|договорились|большинство за)[ ,.]+(?=\\p{L})",
  "(?:so|then|right then|all right then|good then|so then)[ ,]+(?:from \\p{L}{1,20} )?(?=(?:we|it|it's|let's|that's)(?:'re|'ll)? )|let's (?:do|go with|take|settle on)|(?:we|okay we)(?:'re| are| will|'ll)? (?:go with|going with|go for)|okay it|it stays",
);
/** Words that take a conclusion back, or leave it to others. */
export const NO_CONCLUSION = eachOf(
  anyOf,
  "не знаю|непонятно|неизвестно|открыт\\p{L}*|отлож\\p{L}*|потом|позже|кто|почему|напиши|составь|сделай|узнай|i don't know|open|later|who|stays open|leave (?:it|that)",
);

/** Replies that answer nothing: the question before them is open. */
export const DOES_NOT_KNOW = eachOf(
  opensWith,
  "(?:я |мы |ой )?(?:не знаю|не знаем|не помню|не решил[аи]?|не ясно|неясно|непонятно|неизвестно|не известно|без понятия|понятия не имею|молчит|молчат|не отвеча\\p{L}{1,20})",
  "(?:пока|ещё|еще|это|вот этого|этого|вот|тут) (?:\\p{L}{1,20} )?(?:не знаю|не знает|непонятно|неизвестно|неясно|открыт\\p{L}*|никто|не решили)|хороший вопрос|отложим|давайте отложим|это вопрос",
  "(?:\\p{L}{1,20} ){1,2}(?:молчит|не отвечает)",
  "(?:i |we )?(?:really |honestly )?(?:don't|do not|haven't|hadn't) (?:know|decided|got|have)|no (?:idea|clue)|good question|not (?:clear|sure|yet decided|decided)|nobody (?:knows|asked)|(?:the )?\\p{L}{1,20} (?:couldn't|didn't|can't|doesn't) (?:say|know|answer|tell)|i can't (?:say|promise)|i have no",
);
/** Says of a matter just spoken of that it stays open. */
export const STAYS_OPEN = eachOf(
  anyOf,
  "оста(?:вим|ется|ётся)(?: \\p{L}{1,20}){0,3} открыт\\p{L}*|пока открыто|отложим|(?:that|it|this) stays open|leave (?:it|that|this)(?: \\p{L}{1,20})? open",
);
/** Questions that ask without a sign: an asking word or an inverted verb at the beginning. */
export const ASKS = eachOf(
  opensWith,
  "(?:\\p{L}{1,20},? )?(?:кто|сколько|почему|зачем|какой|какая|какое|какие|куда|когда) (?!бы)",
  "(?:who|whose|why|where|which|how (?:many|much|long|do|does|did|can|is|are)|what (?:did|do|does|is|are|about|will|colour|time)|when (?:do|does|did|will|is|are)|do (?:we|you|they|i)|does (?:it|he|she|anyone|anybody|the)|did (?:the|we|you|they|he|she)|is (?:the|it|there|he|she)|are (?:the|we|they|there)|can (?:we|she|he|they)|will (?:the|we|they|it)|has (?:the|anyone|anybody))",
);
