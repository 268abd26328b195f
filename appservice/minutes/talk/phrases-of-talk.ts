import { anyOf, opensWith } from "../text/phrases.ts";

/** Words that come before what a sentence does: they change nothing of it. */
const LEAD =
  "(?:(?:ну|а|и|так|вот|но|да|хм|ой|okay|ok|well|so|and|but|oh|hm+|um|uh|yeah|yes|right|хорошо|ладно|окей|мне кажется|я думаю|я считаю|по-моему|i think|i guess|i feel)[ ,.]+)*";
const opens = (...phrases: readonly string[]) => opensWith(`${LEAD}(?:${phrases.join("|")})`);

/** Proposals, plain or put carefully; only those to which somebody answers count. */
export const PROPOSES = anyOf(
  "предлага(?:ю|ем)|предложил[аи]? бы|у меня (?:есть |такое |вот )?предложение|давайте(?! я )|(?:хорошо|неплохо|здорово|лучше) бы",
  "(?:а )?(?:что|может)(?: быть)?,? если|почему бы|может(?: быть)?,? \\p{L}+|надо бы|(?:думаю|считаю|кажется),? (?:что )?(?:надо|нужно|стоит|нужна)|можно (?:было бы )?\\p{L}+ть",
  "(?:i|we)(?:'d| would)?(?: like to| want to| would)? (?:propose|suggest|recommend|go for)|my (?:proposal|suggestion)|let's|let us|(?:i think |maybe )?we (?:should|could)",
  "what if|how about|what about|why don't we|shall we|should we|maybe we|(?:i'd|i would) like to \\p{L}+|i would|maybe (?:put|use|ask|make|take|try|move|start)",
);
/** "Forty then", "тогда суббота": a few words that name another choice. */
export const OTHER_CHOICE =
  /^(?:[\p{L}\p{N}'-]+ ){1,4}(?:then|тогда|instead)[.!]?$|^(?:по|в|на|с|one|once)[ ](?:[\p{L}\p{N}'-]+,? ?){1,8}$/u;

export const OBJECTS = opens(
  "(?:я |мы |тут |здесь |с \\p{L}+ |без \\p{L}+ )*(?:не согласн[аы]?|не согласен|против|возражаю|не поддерживаю)",
  "(?:и )?я бы не (?:стал|стала|хотел|хотела)|мне (?:это |\\p{L}+ )?не нравится|не уверен[аы]?|не надо|(?:это|так|утром|вечером|\\p{L}+) не (?:получится|выйдет|пойдет|подойдет)|это (?:скучно|дорого|рано|поздно|плохо|опасно)",
  "(?:у меня |мне )?(?:тоже |это )?не (?:получится|выйдет|подходит)|я не (?:могу|смогу)|\\p{L}+ не (?:разрешат|дадут|получится)|мне кажется,? (?:\\p{L}+ ){1,4}(?:рано|поздно|дорого|много|мало)",
  "i (?:strongly |totally )?(?:disagree|object)|i (?:don't|do not|can't|cannot) (?:agree|support|like|think|do|make|see)|i(?:'m| am) (?:strongly )?(?:against|not a fan|not sure|not convinced)|i wasn't convinced|no way",
  "please not \\p{L}+|not \\p{L}+,? please|(?:that|it|this) (?:won't|wouldn't|doesn't|can't) (?:work|do|help|fit)|we (?:can't|cannot) afford|(?:[\\p{L}\\p{N}]+ ){1,3}is too \\p{L}+|the \\p{L}+ can't",
);
export const OBJECTS_ANYWHERE = anyOf(
  "(?:я|мы) (?:\\p{L}+ )?против|не согласн[аы]|не согласен|не хватит|это решение плохое|i'm against|i disagree|i don't agree",
);

/** Consent that says so. */
export const AGREES = anyOf(
  "(?<!не )(?:согласн[аы]|согласен|поддерживаю|поддержу|присоединяюсь)(?: с \\p{L}+)?|не (?:против|возражаю)|(?:я |мы |и |а )(?:тоже |целиком |полностью )?за(?: \\p{L}+)?|мне (?:это |\\p{L}+ |в \\p{L}+ )?(?:нравится|подходит|удобно)|меня (?:это )?устро\\p{L}+",
  "(?:хорошая|отличная|дельная|правильная|хорошее) (?:мысль|идея|предложение)|я как \\p{L}+|(?:это|так|\\p{L}+) (?:лучше|дешевле|годится|пойдет|подойдет)|другое дело|куда ни шло|шаблон нужен",
  "i (?:fully |totally |completely |quite |strongly |really |also |would |'d )*(?:agree|second|support)(?: that| it)?|i'd (?:support|go for|be for)|i(?:'m| am)(?: \\p{L}+)? (?:with|for|happy with|fine with|okay with|ok with|in favour)|i can live with",
  "(?:good|great|nice|fair|lovely|excellent|brilliant) (?:idea|plan|thought)|(?:sounds?|that'd be|that would be|is|are|it's|that's) (?:very |really |quite )?(?:good|great|fine|right|fair|okay|ok|perfect|sensible)|makes sense|love (?:it|that)|(?:works?|fine|okay|ok|good) (?:for|by|with) (?:me|us)|would (?:help|work)|has a point|count me in",
);
/** Consent by a word or two, which means what was proposed just before. */
export const NODS = opens(
  "за|годится|принято|договорились|решили|решено|конечно|согласен|согласна|давай(?:те)?|пойдет|так пойдет|окей|ок|хорошо|ладно|да|точно|верно|отлично|отличная|тогда",
  "agreed|deal|done|yes|yeah|yep|ok|okay|sure|fine|great|good|works|perfect|absolutely|exactly|all right|alright|all good|same here|me too|lovely|right|then|so",
  "(?:\\p{L}+ ){0,2}(?:так \\p{L}+|it is)",
);

/** Says that a matter is settled, without saying which. */
export const SETTLES = opens(
  "(?:на этом )?(?:договорились|решили|решено|принято|порешили)(?:,? так)?|(?:значит )?так и (?:запишем|решим|сделаем|поступим|делаем)|(?:it's |that's )?(?:agreed|settled|decided|done|deal)|fine,? from now on",
);
/** Draws the conclusion: "so we open at eight", "тогда идём по просеке". */
export const CONCLUDES = opens(
  "(?:значит|итак|тогда|стало быть|всё,? тогда|решили|договорились|большинство за)[ ,.]+(?=\\p{L})",
  "(?:so|then|right then|all right then|good then|so then)[ ,]+(?:from \\p{L}+ )?(?=(?:we|it|it's|let's|that's)(?:'re|'ll)? )|let's (?:do|go with|take|settle on)|(?:we|okay we)(?:'re| are| will|'ll)? (?:go with|going with|go for)|okay it|it stays",
);
/** Words that take a conclusion back, or leave it to others. */
export const NO_CONCLUSION = anyOf(
  "не знаю|непонятно|неизвестно|открыт\\p{L}*|отлож\\p{L}*|потом|позже|кто|почему|напиши|составь|сделай|узнай|i don't know|open|later|who|stays open|leave (?:it|that)",
);

/** Replies that answer nothing: the question before them is open. */
export const DOES_NOT_KNOW = opens(
  "(?:\\p{L}+ )?(?:не знаю|не знаем|не помню|не решил[аи]?|не ясно|неясно|непонятно|неизвестно|не известно|без понятия|понятия не имею|молчит|молчат|не отвеча\\p{L}+)",
  "(?:пока|ещё|еще|это|вот этого|этого|вот|тут) (?:\\p{L}+ )?(?:не знаю|не знает|непонятно|неизвестно|неясно|открыт\\p{L}*|никто|не решили)|хороший вопрос|отложим|давайте отложим|это вопрос",
  "(?:\\p{L}+ )?(?:пока )?(?:молчит|не отвечает)",
  "(?:i |we )?(?:really |honestly )?(?:don't|do not|haven't|hadn't) (?:know|decided|got|have)|no (?:idea|clue)|good question|not (?:clear|sure|yet decided|decided)|nobody (?:knows|asked)|(?:the )?\\p{L}+ (?:couldn't|didn't|can't|doesn't) (?:say|know|answer|tell)|i can't (?:say|promise)|i have no",
);
/** Says of a matter just spoken of that it stays open. */
export const STAYS_OPEN = anyOf(
  "оста(?:вим|ется|ётся)(?: \\p{L}+){0,3} открыт\\p{L}*|пока открыто|отложим|(?:that|it|this) stays open|leave (?:it|that|this)(?: \\p{L}+)? open",
);
/** Questions that ask without a sign: an asking word or an inverted verb at the beginning. */
export const ASKS = opens(
  "(?:\\p{Lu}?\\p{L}+,? )?(?:кто|сколько|почему|зачем|какой|какая|какое|какие|куда|когда) (?!бы)",
  "(?:who|whose|why|where|which|how (?:many|much|long|do|does|did|can|is|are)|what (?:did|do|does|is|are|about|will|colour|time)|when (?:do|does|did|will|is|are)|do (?:we|you|they|i)|does (?:it|he|she|anyone|anybody|the)|did (?:the|we|you|they|he|she)|is (?:the|it|there|he|she)|are (?:the|we|they|there)|can (?:we|she|he|they)|will (?:the|we|they|it)|has (?:the|anyone|anybody))",
);
