import { withoutEnd } from "../../protocol/without-end.ts";

/**
 * Tells whether a sentence names the makers of subtitles, as their last line does: "Субтитры сделал DimaTorzok",
 * "Subtitles by the Amara.org community".
 */
export function isMaker(sentence: string, { alone }: { readonly alone: boolean }): boolean {
  const said = withoutEnd(
    sentence
      .trim()
      .replace(/^[[("«©]+/u, "")
      .trimStart(),
    /[\s.!…\])"»,]/u,
  );
  if (isThanks(said) || isStaff(said)) return true;
  const russian = RUSSIAN.exec(said);
  if (russian) return isNamed(said.slice(russian[0].length), { foreign: true });
  const english = ENGLISH.exec(said);
  if (english) return isNamed(said.slice(english[0].length), { foreign: false });
  return isOfSite(said) || (alone && KNOWN_PLACES.test(said));
}

const RUSSIAN =
  /^(?:(?:редактор |перевод )?(?:субтитр(?:ы|ов)|титры|озвучка|перевод)(?: и (?:субтитры|перевод|озвучка))?)(?: для вас)?(?:(?: (?:с?делала?|создал[аи]?|создавал[аи]?|добавила?|подогнала?|подготовил[аи]?|предоставил[аи]?|предоставлены|выполнил[аи]?|выполнены|подготовлены|созданы|написала?|переводила?|перевела?|перев[её]л|редактировала?|от|для|при поддержке|by|сообщества|сообщество|студии|студия))?(?: [:—–-]|:)? )/iu;
const ENGLISH =
  /^(?:english )?(?:subtitles?|subs|captions?|captioning|captioned|subtitled|subtitling|transcribed|transcription|transcript|translated|translations?|sync|synced|synchroni[sz]ed|ripped|timed|edited|encoded|corrections)(?:(?:,? (?:and|&) |, )(?:subtitles?|subs|captions?|sync|synced|corrected|corrections|translation|translated|transcribed|edited))?(?: (?:were|was))?(?: (?:made|created|provided|done|added|edited|produced|brought to you))?(?: by|:) /iu;

/** Makers that engines name most. */
const KNOWN = new Set([
  "амара",
  "симон",
  "dimatorzok",
  "subtorzok",
  "игорь негода",
  "amara",
  "castingwords",
  "releska",
  "honeybunny",
  "explosiveskull",
  "steamteamextra",
  "eso",
  "getranscribed",
  "n17t01",
  "mstoll",
  "zeoranger",
  "rafael",
  "верещагин",
  "любителей переводов",
]);
const KNOWN_PLACES = /^(?:the |сообществ[аоу]? )?amara(?:\.org)?(?: community| сообщества)?$/iu;
/** Programs that people speak about. */
const PROGRAMS =
  /^(?:chat ?gpt|youtube|whisper|zoom|google|teams|openai|gpt|deepl|yandex|microsoft|element|vosk|vk|telegram)/iu;
const SITE =
  /^(?:https?:\/\/|www\.)?[\p{L}\p{N}-]{2,40}\.(?:org|com|net|ru|tv|ai|co\.uk|info|de|me|io|ua|by)(?:\/\S{0,60})?$/iu;

/**
 * Tells a nickname, a site, or somebody whom engines are known to name. One bare name in Latin letters is a nickname in
 * a Russian credit alone.
 */
function isNamed(rest: string, { foreign }: { readonly foreign: boolean }): boolean {
  const name = withoutEnd(rest.trim().replace(/^["«“„]/u, ""), /["»”.!…\s]/u);
  if (name === "" || name.length > 60) return false;
  if (KNOWN.has(name.toLowerCase()) || KNOWN_PLACES.test(name) || isStaffName(name)) return true;
  const words = name.split(" ");
  if (words.length > 1 || PROGRAMS.test(name)) return false;
  return SITE.test(name) || isNickname(name) || (foreign && /^[A-Za-z][\w-]{2,30}$/.test(name));
}

/** Finds nicknames: "SubMaster77", "DimaTorzok", "sub_maker". */
function isNickname(name: string): boolean {
  return (
    /^@?[\p{L}\p{N}_.-]{4,40}$/u.test(name) &&
    (/\p{L}[\p{N}_]/u.test(name) || /^\p{Lu}\p{Ll}{1,30}\p{Lu}\p{Ll}/u.test(name))
  );
}

/** Finds initials with a surname: "А.Семкин", "Т. Горелова". */
function isStaffName(name: string): boolean {
  return /^\p{Lu}\. ?\p{Lu}\p{Ll}{1,30}$/u.test(name);
}

/** Finds roles with initials, and nothing else: "Редактор субтитров А.Семкин Корректор А.Егорова". */
function isStaff(said: string): boolean {
  const rest = said.replace(
    /(?:Редактор(?: субтитров)?|Корректор(?: субтитров)?|Переводчик|Перевод|Режисс[её]р|Оператор)[:—–-]?\s\p{Lu}\.\s?(?:\p{Lu}\.\s?)?\p{Lu}\p{Ll}{1,30}/gu,
    "",
  );
  return rest !== said && !/[\p{L}\p{N}]/u.test(rest);
}

/** Finds thanks to a maker, «Спасибо за субтитры Алексею Дубровскому!»: a whole name that nobody addresses so. */
function isThanks(said: string): boolean {
  const [, rest] = /^(?:спасибо|благодарю|благодарим) за (?:субтитры|перевод|титры) (.+)$/iu.exec(said) ?? [];
  return (
    rest !== undefined &&
    (/^\p{Lu}\p{Ll}{1,30} \p{Lu}\p{Ll}{1,30}(?:ому|ему|ину|ову|еву|ой|у|е|а)$/u.test(rest) ||
      isNamed(rest, { foreign: true }))
  );
}

/** Finds the line of a site alone, or of a copyright. */
function isOfSite(said: string): boolean {
  return (
    /^(?:for more information,? (?:please )?visit|visit us at|learn more at) www\.\S{3,60}$/iu.test(said) ||
    /^copyright (?:©|\(c\)) ?\d{4}/iu.test(said)
  );
}
