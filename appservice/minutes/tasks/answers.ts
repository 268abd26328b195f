import { anyOf, opensWith } from "../text/phrases.ts";
import { normalise } from "../text/words.ts";

/** Reply to something that was asked for: it is taken on, agreed to by the one asked, or turned down. */
export type Reply = "takes" | "agrees" | "refuses" | null;

/** Most letters of a reply: longer ones say more than yes. */
const LONGEST = 90;

export function replyIn(sentence: string): Reply {
  const said = normalise(sentence).trim();
  if (said.length > LONGEST || /\?$/u.test(said)) return null;
  if (REFUSES.test(said)) return "refuses";
  const bare = said.replace(YES, "");
  if (TAKES.test(bare)) return "takes";
  return YES_ITSELF.test(said.slice(0, said.length - bare.length)) ? "agrees" : null;
}

const YES =
  /^(?:(?:yes|yeah|yep|yup|sure|okay|ok|fine|right|well|of course|no problem|absolutely|certainly|gladly|great|then|so|oh|and|alright|all right|да|ага|угу|хорошо|ладно|ок|окей|конечно|ну|тогда|без проблем|договорились|давай|с радостью|понял|поняла|принято)(?![\p{L}'])[\s,.!]*)+/u;
/** Words among those that agree by themselves; "so", "ну" only lead in. */
const YES_ITSELF = anyOf(
  "yes|yeah|yep|yup|sure|okay|ok|fine|right|of course|no problem|absolutely|certainly|gladly|alright|all right",
  "да|ага|угу|хорошо|ладно|ок|окей|конечно|без проблем|договорились|давай|с радостью|понял|поняла|принято",
);
const REFUSES = opensWith(
  "already|i've already|i already|i did|no|nope|sorry|i can't|i cannot|i couldn't|not me|i'm afraid|unfortunately|i won't",
  "(?:я )?уже|нет|не могу|не смогу|я не|не я|извини(?:те)?|к сожалению|боюсь",
);
const IT = "(?:it|that|this|them|those|these|one|both)";
const TAKES = opensWith(
  `(?:i(?:'ll| will| can| could)|i'd be happy to|i'm happy to|happy to|let me) (?:do|take|handle|manage|sort|see to|take care of|deal with|cover|own|get|pick|look into|look at|get on) (?:${IT}\\b|(?:the|that|this) one)`,
  `(?:i'm )?on it|leave (?:it|that|this) (?:to|with) me|will do|i(?:'ll| will| can)[.!]?$|me[.!]?$|mine|consider it done|can do|i've got ${IT}`,
  `you(?:'ll| will) (?:get|have) ${IT}|i can have ${IT} (?:done|ready)`,
  "(?:давайте|давай|можно)(?: лучше)? я|беру(?! слово)(?: это)?(?: на себя)?|(?:я )?(?:это )?(?:возьму|беру)(?:сь)?(?: это)?(?: на себя)?[.!]?$",
  "я(?: это)?(?: могу| сделаю| займусь| возьмусь)?[.!]?$|(?:я )?(?:могу|сделаю|займусь|возьмусь)(?: это| этим| сам| сама)?(?![\\p{L} ])",
  "(?:я )?(?:сделаю|займусь|возьмусь)(?: это| этим)? (?:сегодня|завтра|послезавтра|к|ко|до|в|на|через)",
  "(?:это )?(?:на мне|с меня|за мной)[.!]?$|запиши(?:те)? на меня|оставь(?:те)? (?:это )?мне",
);
