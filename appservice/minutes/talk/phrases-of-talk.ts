import { anyOf, opensWith } from "../text/phrases.ts";

/** Words that come before what a sentence does, and change nothing of it. */
const LEADS = opensWith(
  "ну|а|и|так|вот|но|да|хм|ой|ах|эх|ага|угу|ооо?|слушайте|послушайте|ребят[аы]?|коллеги|народ|okay|ok|well|so|and|but|ooh?|oh|ah|aha|hmm?|um|uh|yeah|yes|right|хорошо|ладно|окей|мне кажется|я думаю|я считаю|по-моему|i think|i guess|i feel",
);
const MOST_LEADS = 6;

/** Forms of a sentence by which it is known: as it is, and without one after another of the words that lead in. */
function beginnings(said: string): readonly string[] {
  if (said === last.said) return last.forms;
  const forms = [said];
  for (let rest = said; forms.length <= MOST_LEADS; ) {
    const lead = LEADS.exec(rest);
    if (!lead) break;
    rest = rest.slice(lead[0].length).replace(/^[ ,.]{1,4}/u, "");
    forms.push(rest);
  }
  last = { said, forms };
  return forms;
}

/** Keeps the forms of the sentence looked at, which is asked after by one rule after another. */
let last: { readonly said: string; readonly forms: readonly string[] } = { said: "", forms: [""] };

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
  "предлага(?:ю|ем)|предложение так\\p{L}{2}|предложил[аи]? бы|у меня (?:есть |такое |вот )?предложение|давайте(?! я )|(?:хорошо|неплохо|здорово|лучше) бы",
  "(?:а )?(?:что|может)(?: быть)?,? если|почему бы|может(?: быть)?,? \\p{L}{1,20}|надо бы|(?:думаю|считаю|кажется),? (?:что )?(?:надо|нужно|стоит|нужна)|можно (?:было бы )?\\p{L}{1,20}ть",
  "(?:i|we)(?:'d| would)?(?: like to| want to| would)? (?:propose|suggest|recommend|go for)|my (?:proposal|suggestion)|let's|(?<!won't |not |will |would |n't |to )let us|(?:i think |maybe )?we (?:should|could)",
  "есть (?:идея|мысль|предложение)|хочу предложить|я бы \\p{L}{1,20}|мне кажется,? (?:в самый раз|(?:разумн|лучш|прощ|правильн)\\p{L}{1,4})|проще всего|(?:могли|может) бы|как насчет|что скажете,? если|а если|можно (?:\\p{L}{1,20} ){1,3}\\p{L}{2,20}|пусть \\p{L}{1,20}",
  "(?:i'd|i would) (?:say|rather)|(?:could|might) we(?: not)?|i say we|what if|how about|what about|why don't we|shall we|should we|maybe we|(?:i'd|i would) like to \\p{L}{1,20}|i would|maybe (?:put|use|ask|make|take|try|move|start)",
);
/** "Forty then", "тогда суббота": a few words that name another choice. */
export const OTHER_CHOICE = eachOf(
  anyOf,
  "then|тогда|instead",
  "(?<!(?:еще|намного|гораздо|так|и так) )лучше(?! всех)|rather",
);

export const OBJECTS = eachOf(
  opensWith,
  "(?:я |мы |тут |здесь )?(?:не согласн[аы]?|не согласен|против|возражаю|не поддерживаю)",
  "(?:и )?я бы не (?:стал|стала|хотел|хотела)|мне (?:\\p{L}{1,20} )?не нравится|не уверен[аы]?|не надо|\\p{L}{1,20} не (?:получится|выйдет|пойдет|подойдет)|это (?:скучно|дорого|рано|поздно|плохо|опасно)",
  "(?:у меня |мне )?(?:тоже |это )?не (?:получится|выйдет|подходит)|я не (?:могу|смогу)|\\p{L}{1,20} не (?:разрешат|дадут|получится)|мне кажется,? (?:\\p{L}{1,20} ){1,4}(?:рано|поздно|дорого|много|мало)",
  "i (?:strongly |totally )?(?:disagree|object)|i (?:don't|do not|can't|cannot) (?:agree|support|like|think|do|make|see)|i(?:'m| am) (?:strongly )?(?:against|not a fan|not sure|not (?:so |too |very )?(?:convinced|keen|happy))|not (?:sure|keen|convinced)|i wasn't convinced|no way",
  "please not \\p{L}{1,20}|not \\p{L}{1,20},? please|(?:that|it|this) (?:won't|wouldn't|doesn't|can't) (?:work|do|help|fit)|we (?:can't|cannot) afford",
  "[\\p{L}\\p{N}]{1,20}(?: [\\p{L}\\p{N}]{1,20}){0,2} is too|the \\p{L}{1,20} can't",
  "(?:ой |да |ну )?нет(?! (?:возражений|проблем|вопросов|идей))|(?:не|вряд) (?:стоит|годится|пойдет|потянем|успеем|думаю|хочу|хотелось|вижу (?:смысла|толку)|ли)|сомневаюсь|боюсь|ни в коем случае|категорически|только не",
  "(?:это |по-моему |мне кажется |как-то |слишком |очень |уж |больно )*(?:дороговато|дорого|рановато|рано|поздновато|поздно|многовато|маловато|опасно|рискованно|лишнее|ерунда|глупо|скучно|неудобно|несправедливо|сложно|долго|перебор|слишком)",
  "(?:\\p{L}{1,20} )?это (?:же |ведь |как-то |уж |слишком |очень |не )*(?:дорого|рано|поздно|опасно|рискованно|лишнее|ерунда|скучно|неудобно|несправедливо|сложно|долго|перебор)|(?:\\p{L}{1,20} )?это (?:же |ведь |уж )?не (?:вариант|дело|серьезно)",
  "(?:нет|никакого|не вижу) смысла|(?:смысла|толку|денег|времени) (?:на это )?нет|(?:плохая|так себе|сомнительная|странная) (?:идея|мысль|затея)|мне не (?:\\p{L}{1,20} )?(?:подходит|удобно|нравится)|мне это не",
  "no(?=[,.]| (?:[,.]|i|it|it's|we|you|he|she|they|that|that's|this|the|thanks?|thank|not|way|please|never|sorry|wait|more|one|money|time|chance|point|need) ?)|nope|i (?:doubt|worry|fear|wouldn't|won't|would rather not|don't see the point)|i'd rather (?:not|\\p{L}{1,20})|i(?:'m| am) afraid",
  "(?:that's|it's|this is|that is|it is|that sounds|sounds) (?:a bit |a little |way |far |just |rather |quite |pretty )*(?:too|risky|dangerous|expensive|unfair|overkill|unrealistic|pointless|a bad|a stretch|not)",
  "(?:too|a bit) (?:expensive|early|late|risky|soon|long|short|much|many|hot|cold|small|big|loud)|not (?:a good|worth|enough|for me|necessary|ideal)|nobody (?:will|would|is going to)|(?:bad|terrible) idea|there's no (?:point|money|time|room)",
);
export const OBJECTS_ANYWHERE = eachOf(
  anyOf,
  "(?:я|мы) (?!не |ничего )(?:\\p{L}{1,20} )?против|не согласн[аы]|не согласен|не хватит|это решение плохое|никто не (?:придет|пойдет|будет|станет|согласится|купит)|скорее против|i'm against|i disagree|i don't agree",
);

/** Objections to what somebody said, whether or not it was a proposal. */
export const OBJECTS_TO_WORDS = eachOf(
  opensWith,
  "(?:ой |да |ну )?нет(?! (?:возражений|проблем|вопросов|идей))|это (?:не так|неверно|неправда)|не (?:так|думаю|согласн[аы]|согласен|соглашусь|пойдет|годится|получится|выйдет|стоит)|сомневаюсь|(?:\\p{L}{1,20} )это (?:не|слишком|дорого|опасно|скучно|несправедливо|рискованно)",
  "i (?:disagree|don't (?:agree|think so)|doubt)|(?:that's|that is) (?:not (?:true|right|so)|wrong|unfair)|no(?=[,.]| (?:[,.]|i|it|it's|we|you|he|she|they|that|that's|this|the|thanks?|thank|not|way|please|never|sorry|wait|more|one|money|time|chance|point|need) ?)",
);
/** Names a better choice in place of what was proposed. */
export const PREFERS = eachOf(opensWith, "лучше(?! всех| не)|тогда уж лучше|i'd rather|rather");
/** Consent that says so. */
export const AGREES = eachOf(
  anyOf,
  "(?<!не )(?:согласн[аы]|согласен|поддерживаю|поддержу|присоединяюсь)|не (?:против|возражаю)|(?:я|мы|и|а)(?: тоже| целиком| полностью)? за|(?:полностью|целиком|тоже) за|мне (?:\\p{L}{1,20} ){0,2}(?:нравится|подходит|удобно)|меня (?:это |тоже |вполне ){0,2}устр[ао]\\p{L}{1,20}",
  "(?:хорошая|отличная|дельная|правильная|хорошее) (?:мысль|идея|предложение)|я как \\p{L}{1,20}|(?:так|это|будет|и) (?:лучше|дешевле|проще|удобнее|годится|пойдет|подойдет)|друго(?:е дело|й разговор)|куда ни шло|шаблон нужен",
  "соглашусь|плюсую|плюс (?:один|мне)|(?:обеими|двумя|всеми) руками за|(?:только|скорее|однозначно) за|(?:\\p{L}{1,20} )?(?:дело говори(?:т|шь)|прав[аы]?)|(?:тоже|так) так (?:думаю|считаю)|того же мнения|подпишусь|подписываюсь",
  "(?:звуч(?:ит|ало) )(?:\\p{L}{1,20} )?(?:разумно|хорошо|неплохо|отлично|логично|здорово|интересно)|(?:это |очень |вполне |тоже )(?:разумно|логично|справедливо|удобно|верно|правильно|честно)|(?:имеет|есть) смысл|смысл есть",
  "(?:не вижу|нет|без) (?:препятствий|возражений)|возражений (?:не имею|нет)|ничего (?:не имею )?против|(?:почему|отчего) бы (?:и )?нет|мне (?:ок|окей|норм|нормально|годится|тоже)|мы за|идея (?:хорошая|отличная|супер|огонь|классная|неплохая)|мысль (?:хорошая|дельная|неплохая)",
  "(?:that's )?what i(?:'d| would)|i(?:'m| am) all for|plus one|no objections?|why not|suits me|fair (?:point|enough)|you(?:'re| are) right|\\p{L}{1,20} is (?:absolutely |quite )?right|good (?:point|call|thinking)|i like (?:it|that|the|this)|by all means|nothing against|let's do (?:it|that)|all for it|i(?:'m| am) in(?= ?$)|exactly what i|my (?:vote|thoughts) (?:too|exactly|goes)|i'd vote for|same for me",
  "i (?:fully |totally |completely |quite |strongly |really |also |would |'d )*(?:agree|second|support)(?: that| it)?|i'd (?:support|go for|be for)|i(?:'m| am)(?: \\p{L}{1,20})? (?:with|for|happy with|fine with|okay with|ok with|in favour)|i can live with",
  "(?:good|great|nice|fair|lovely|excellent|brilliant) (?:idea|plan|thought)|(?:sounds?|that'd be|that would be|is|are|it's|that's) (?:very |really |quite )?(?:good|great|fine|right|fair|okay|ok|perfect|sensible)|makes sense|love (?:it|that)|(?:works?|fine|okay|ok|good) (?:for|by|with) (?:me|us)|would (?:help|work)|has a point|count me in",
);
/** Consent with what somebody said, whether or not it was a proposal. */
export const AGREES_WITH_WORDS = eachOf(
  anyOf,
  "(?<!не )(?:согласн[аы]|согласен|соглашусь|поддерживаю|поддержу|присоединяюсь|плюсую)|\\p{L}{1,20} (?:дело говорит|прав|права)|ты прав|ты права|вы правы|того же мнения|убедил[аи]?|уговорил[аи]?",
  "i (?:fully |totally |completely |quite |strongly |really |also )*(?:agree|second)|has a point|(?:good|fair) point|you(?:'re| are) right|\\p{L}{1,20}(?: is|'s) (?:absolutely |quite )?right|exactly what i|(?:i'm |i am )?(?:persuaded|convinced)|i(?:'m| am) with \\p{L}{1,20}",
);
/** Says yes to the very words that were just said, be they for or against what was proposed. */
export const AFFIRMS_LAST = eachOf(
  opensWith,
  "(?:вот |ну )?именно(?= ?$|[,.!])|и правда|чистая правда|exactly(?= ?$|[,.!])|precisely|quite (?:so|true|right)|that's true|so true",
);
/** Consent of somebody else, which the speaker tells of: "my boss said I agree", «муж говорит, он против». */
export const TELLS_OF_CONSENT = eachOf(
  anyOf,
  "(?<!дело )(?:сказал[аи]?|говор(?:ит|ят|ил[аи]?)|написал[аи]?|пишет|пишут|любит (?:повторять|говорить)|повторяет)[,:]?(?: что)? (?:\\p{L}{1,20} ){0,3}(?:за|против|согласн[аы]|согласен|не против)",
  "(?:said|says|told (?:me|us)|wrote|writes|used to say|likes to say)(?: \\p{L}{1,20}){0,3} (?:agrees?|disagrees?|against|in favour|good idea|no objections?)",
);
/** Gives way to what was just said against a proposal: "хорошо, остаётся в феврале". */
export const GIVES_WAY = eachOf(
  opensWith,
  "хорошо|ладно|ок|окей|тогда|сдаюсь|уговорил[аи]?|убедил[аи]?",
  "okay|ok|fine|all right|alright|then|i give in|fair enough",
);
/** Objects to a part, and welcomes the rest: "I can't do Tuesdays, but otherwise mornings are fine". */
export const WELCOMES_REST = eachOf(
  anyOf,
  "(?:но|зато|а) (?:\\p{L}{1,20} ){0,4}(?:хорошо|подходит|подойдет|нормально|согласн[аы]|согласен|годится|не против|можно)",
  "but (?:\\p{L}{1,20} ){0,4}(?:fine|good|great|okay|ok|works|happy|suits|all for it)",
);
/** Proposal in place of what was objected to: "then at least a second nurse", «ну тогда чередуем». */
export const THEN_RATHER = [
  opensWith("(?:(?:ну|ладно|хорошо|окей|а)[, ]{1,2})?тогда|(?:(?:okay|ok|well|alright|all right|so)[, ]{1,2})?then"),
];
/** "А синий?" is another choice; "а когда?" and "а ты?" are questions. */
export const OTHER_CHOICE_ASKED =
  /^а (?!кто|что|как|где|когда|куда|откуда|зачем|почему|сколько|ты|вы|он|она|они|мы|я|у |вдруг|разве|точно)[\p{L}-]{3,20}\?$/u;
/** Consent by a word or two, which means what was proposed just before. */
export const NODS = eachOf(
  opensWith,
  "за(?=[,.]| ?$)|годится|принято|договорились|решили|решено|конечно|согласен|согласна|давай(?:те)?|пойдет|так пойдет|окей|ок|хорошо|ладно|да|точно|верно|отлично|отличная|тогда",
  "идет|логично|разумно|норм|нормально|супер|класс|здорово|замечательно|прекрасно|верно|правильно|именно|конечно|мне тоже|и мне|и я|я тоже|можно и так|можно(?= ?$)|поддержу|хорошая|чудесно|дельно|справедливо|вполне|неплохо|мне нравится|\\p{L}{1,20} (?:нормально|норм|отлично|годится|устраивает|подходит)",
  "(?:yes|sure),? please|sounds|fair|brilliant|excellent|of course|definitely|why not|cool|super|\\p{L}{1,20} (?:is|are|sounds|sound|works|would be) (?:fine|good|great|okay|ok|perfect|right|fair|lovely)",
  "please yes|yes please|agreed|deal|done|yes|yeah|yep|ok|okay|sure|fine|great|good|works|perfect|absolutely|exactly|all right|alright|all good|same here|me too|lovely|right|then|so",
  "(?:\\p{L}{1,20} ){0,2}(?:так (?!нельзя|не |себе|дорого|плохо|долго|неудобно)\\p{L}{1,20}|it is)",
);

/** Says that a matter is settled, without saying which. */
export const SETTLES = eachOf(
  opensWith,
  "(?:на этом )?(?:договорились|решили|решено|принято|порешили)(?:,? так)?|(?:значит )?так и (?:запишем|решим|сделаем|поступим|делаем)|(?:it's |that's )?(?:agreed|settled|decided|done|deal)|fine,? from now on",
);
/** Draws the conclusion: "so we open at eight", "тогда идём по просеке". */
export const CONCLUDES = eachOf(
  opensWith,
  "все, \\p{L}{2,20}[еи]м|(?:значит|итак|тогда|стало быть|всё,? тогда|решили|решено|договорились|большинство за)[ ,.]{1,3}\\p{L}{1,20}",
  "(?:so|then|right then|all right then|good then|so then)[ ,]{1,2}(?:from \\p{L}{1,20} )?(?:we|it|it's|let's|that's|we're|we'll|it'll)|let's (?:do|go with|take|settle on)|(?:we|okay we)(?:'re| are| will|'ll)? (?:go with|going with|go for)|okay it|it stays",
);
/** Sums up after consent: "хорошо, списанные отдаём школе". */
export const NODS_AND_SUMS_UP = eachOf(
  opensWith,
  "(?:хорошо|отлично|ладно|окей|супер|прекрасно|ну все)[, ]{1,2}(?:тогда |значит )?(?:\\p{L}{1,20} ){1,5}(?:\\p{L}{1,20} )?\\p{L}{1,20}[еи]м(?:ся)?",
  "(?:good|great|okay|ok|right|all right|fine)[, ]{1,2}(?:so |then )?(?:we|we'll|we're|that's|it's)",
);
/** Words that take a conclusion back, or leave it to others. */
export const NO_CONCLUSION = eachOf(
  anyOf,
  "не знаю|непонятно|неизвестно|открыт\\p{L}*|отлож\\p{L}*|потом|позже|кто|почему|напиши|составь|сделай|узнай|i don't know|open|later|who|stays open|leave (?:it|that)",
);

/** Questions that put a choice to all: a yes consents to it. */
export const ASKS_TO_AGREE = eachOf(
  anyOf,
  "shall we|should we|do we (?:all )?agree|(?:all|everybody|everyone) (?:agreed?|fine|happy)|one more|another",
  "еще од\\p{L}{1,4}|все согласны|(?:никто )?не против",
);
/** Questions that end as such: "… or what". */
export const ENDS_ASKING = [
  /^(?:\p{L}{1,20},? ){1,8}(?:или|or) (?:\p{L}{1,20} ?){1,3}$/u,
  /(?<!\p{L})(?:или (?:как|нет|что|не)|у кого|кому|куда|зачем|or (?:what|not|how))$/u,
] as const;
/** Tells what others offer or say: "нам предлагают место у входа или у сцены" asks nothing. */
const TELLS_OF_OTHERS = anyOf(
  "(?:нам|мне|нас|меня|всем) (?:\\p{L}{1,20} )?\\p{L}{2,20}(?:ют|ут|ат|ят)|(?:говорят|пишут|обещают|предлагают|дают)",
  "they (?:offer|offered|gave|give|want|say|said|promised)",
);
/** Questions that ask somebody to do something, and the promise that they get: a task, no answer. */
export const REQUESTS = eachOf(
  anyOf,
  "(?:can|could|would|will) you|(?:ты |вы )?(?:можешь|можете|сможешь|сможете|мог(?:ла)? бы|могли бы)",
);
export const PROMISES = eachOf(
  opensWith,
  "(?:sure|yes|yeah|okay|ok|of course|fine),? ?(?:i'll|i will|i can)|i'll|i will|i can do|sure|of course|will do|no problem|happy to|on it",
  "могу|смогу|конечно|без проблем|хорошо|ладно|окей|(?:да[,. ]{1,2})?(?:я )?\\p{L}{2,20}[ую]",
);

/** Replies that answer nothing: the question before them is open. */
export const DOES_NOT_KNOW = eachOf(
  opensWith,
  "(?:я |мы |ой )?(?:не знаю|не знаем|не помню|не решил[аи]?|не ясно|неясно|непонятно|неизвестно|не известно|без понятия|понятия не имею|молчит|молчат|не отвеча\\p{L}{1,20})",
  "(?:пока|ещё|еще|это|вот этого|этого|вот|тут) (?:\\p{L}{1,20} )?(?:не знаю|не знает|непонятно|неизвестно|неясно|открыт\\p{L}*|никто|не решили)|хороший вопрос|отложим|давайте отложим|это вопрос",
  "(?:\\p{L}{1,20} ){1,2}(?:молчит|не отвечает)|никто (?:пока |еще |этого )?не",
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
  "(?:\\p{L}{1,20},? )?(?:кто|сколько|почему|зачем|какой|какая|какое|какие|куда|когда|где|чей|чья|у кого)(?!-| бы| только)|как (?:нам|мы|вы|ты|это|быть|с|у|его|ее|их|они)",
  "а (?:\\p{L}{1,20},? ){1,4}(?:кто|где|когда|сколько|куда|как|какой|какая|какие|у кого|зачем|почему|чей|что)|(?:\\p{L}{1,20} ){0,2}(?!(?:(?:на)?вряд|едва|мало|то|чуть|шутка) )\\p{L}{1,20} ли(?= \\p{L})",
  "(?:who|whose|why|where|which|have (?:you|we|they)|did (?:anyone|anybody|somebody|i)|do you|are you|were (?:you|they|we)|was (?:it|that|there|he|she)|is (?:anyone|anybody|that)|could (?:anyone|anybody)|how (?:many|much|long|do|does|did|can|is|are)|what (?:did|do|does|is|are|about|will|colour|time)|when (?:do|does|did|will|is|are)|do (?:we|you|they|i)|does (?:it|he|she|anyone|anybody|the)|did (?:the|we|you|they|he|she)|is (?:the|it|there|he|she)|are (?:the|we|they|there)|can (?:we|she|he|they)|will (?:the|we|they|it)|has (?:the|anyone|anybody))",
);

/** Tells whether a sentence asks though no sign says so. */
export function asksWithoutSign(said: string): boolean {
  return begins(ASKS, said) || (says(ENDS_ASKING, said) && !TELLS_OF_OTHERS.test(said));
}

/** Tells whether a sentence is no more than a nod to what was proposed, or begins with one that stands by itself. */
export function nods(said: string): boolean {
  if (said.split(" ").length > LONGEST_NOD || NO_NOD.test(said)) return false;
  return beginnings(said).some((form) =>
    NODS.some((nod) => {
      const found = nod.exec(form);
      return found !== null && (form.split(" ").length <= BARE_NOD || /^[,.!:;—]/u.test(form.slice(found[0].length)));
    }),
  );
}

/** Words of the longest sentence that is a nod, and of one whose nod no sign sets apart. */
const LONGEST_NOD = 8;
const BARE_NOD = 4;
/** "Fine, but …" takes back a part of it. */
export const TURNS_ASIDE = /(?<!\p{L})(?:но|but)(?!\p{L})/u;
const NO_NOD = /(?<!\p{L})(?:пусть|но|but)(?!\p{L})/u;
