import type { ParticipantId } from "../../protocol/identity.ts";
import { anyOf, opensWith } from "../text/phrases.ts";
import { normalise } from "../text/words.ts";
import type { Case } from "../../language/names/declension.ts";
import type { NameAt } from "../../language/names/names.ts";
import { clausesOf, type Clause } from "./russian-clauses.ts";
import { isInfinitiveOfWork, verbForm } from "./russian-verbs.ts";
import { promiseByEnding } from "./verb-endings.ts";
import { apart, type SpokenTask } from "./spoken-task.ts";

/** Words that make a whole sentence a guess, a condition or a habit. */
const UNSURE = anyOf(
  "если(?! (?:не возражаете|можно|хотите|никто не против|вы не против))|вдруг|якобы|будто",
  "может быть|возможно|наверное?|вероятно|вряд ли",
  "когда-нибудь|как-нибудь|обычно|всегда|иногда|каждый раз",
);
/** Openings of a clause that tells when, where or what for, not what will be done. */
const SUBORDINATE = opensWith(
  "когда|пока|если|как|чтобы|чтоб|где|куда|зачем|почему|после|до того|прежде|котор\\p{L}+|чем|ли|хотя|раз",
);
const REPORTED =
  /(?:сказал|говор|спросил|думал|обещал|просил|хотел|бо[юя]|бойтесь|надеюсь|ждут|ждал|кажется)\p{L}{0,8}(?: \p{L}{1,30})?,? что$/u;
const FORECAST = /(?<!\p{L})(?:думаю|надеюсь|кажется|боюсь|уверена?|полагаю)(?!\p{L})/u;
/** Phrases that promise nothing. */
const PHRASE = anyOf(
  "сдела(?:ю|ет) (?:паузу|перерыв|отступление|вид|все возможное|все что могу|шаг)|соберусь|запишу себя",
  "(?:передам|отдам|дам|возьму|передаст|дай|передай|возьми) (?:вам |мне |тебе )?(?:слово|микрофон|паузу)|слово передам",
  "(?:закончу|завершу|начну|начни|закончи) (?:на этом|с|тем|свое|словами)|на этом (?:я )?(?:закончу|завершу)",
  "найд(?:у|ет) (?:в себе|время|дорогу|себя|нас|вас|меня)|закро(?:ю|ет) глаза|открою (?:секрет|вам)",
);
/** Words before an infinitive that make a promise only with a date. */
const MY_INTENT = new Set(
  "должен должна собираюсь планирую могу смогу готов готова постараюсь попробую успею".split(" "),
);
const MY_PROMISE = new Set("буду обязуюсь берусь".split(" "));
const NEED = new Set("надо нужно необходимо предстоит следует стоит".split(" "));
const ENTRUST = new Set("поручаю поручаем поручим поручили предлагаю доверим поручить".split(" "));
const REQUEST = new Set("прошу просим попросим попрошу".split(" "));

type Find = { owner: ParticipantId | null; from: number; needsDate: boolean };

export function russianTasks(sentence: string, names: readonly NameAt[], speaker: ParticipantId): SpokenTask[] {
  const said = normalise(sentence);
  if (/\?["»”')]*$/.test(said) || UNSURE.test(said)) return [];
  const tasks = clausesOf(said).flatMap((clause): SpokenTask[] => {
    const before = said.slice(0, clause.start).trimEnd();
    const text = said.slice(clause.start, clause.end);
    if (
      SUBORDINATE.test(text) ||
      REPORTED.test(before) ||
      PHRASE.test(text) ||
      /(?<!\p{L})(?:бы|ли|б)(?!\p{L})/u.test(text)
    )
      return [];
    if (
      /(?:добавлю|напомню|сообщу|покажу|отвечу|расскажу)(?: \p{L}+)?$/u.test(text) &&
      /^, (?:что|как)(?!\p{L})/u.test(said.slice(clause.end))
    )
      return [];
    if (/(?<!\p{L})на себя(?!\p{L})/u.test(text)) return []; // `takenOn` reads it
    const own = names.filter((name) => name.start >= clause.start && name.start < clause.end);
    const found = promised(clause, speaker) ?? assigned(clause, own, FORECAST.test(said)) ?? asked(clause, names, said);
    return found
      ? [
          {
            start: clause.start,
            end: clause.endOfThought,
            titleFrom: found.from,
            owner: found.owner,
            needsDate: found.needsDate,
          },
        ]
      : [];
  });
  return apart([...tasks, ...takenOn(said, names, speaker)]);
}

/** Finds promises: "Я подготовлю", "буду готовить", "должна сдать до среды". */
function promised({ words, titleStart }: Clause, speaker: ParticipantId): Find | null {
  for (const [i, { text }] of words.entries()) {
    const verb = verbForm(text);
    const denied = words.slice(Math.max(0, i - 2), i).some((word) => /^(?:не|ни|никогда|нельзя)$/.test(word.text));
    if (denied) continue;
    if (verb?.form === "i") return { owner: speaker, from: titleStart, needsDate: verb.needsDate };
    const guessed = i <= MOST_BEFORE_VERB && isFirstVerb(words.slice(0, i)) ? promiseByEnding(text) : null;
    if (guessed) return { owner: speaker, from: titleStart, needsDate: guessed === "asks" };
    const intent = MY_INTENT.has(text) || (NEED.has(text) && words.some((word) => word.text === "мне"));
    if (!intent && !MY_PROMISE.has(text)) continue;
    const after = words.slice(i + 1, i + 5).map((word) => word.text);
    if (
      after.some(isInfinitiveOfWork) &&
      !after.some(
        (word) => /^(?:не|рада?|готова?|краток|кратка|вынужден\p{L}*|счастлива?)$/u.test(word) && word !== text,
      )
    ) {
      return { owner: speaker, from: titleStart, needsDate: intent };
    }
  }
  return null;
}

const MOST_BEFORE_VERB = 3;

/** Tells whether nothing said before it in its clause is a verb or somebody else. */
function isFirstVerb(before: Clause["words"]): boolean {
  return before.every(({ text }) => !/(?:л|ла|ло|ли|ть|ем|им|ет|ит|ут|ют|ат|ят)$/u.test(text) || text.length < 4);
}

/** Finds assignments: "Борис пришлёт", "Борису подготовить", "поручаем Борису подготовить", "прошу Бориса прислать". */
function assigned({ words, titleStart }: Clause, names: readonly NameAt[], forecast: boolean): Find | null {
  const named = (which: Case) => names.find((name) => name.cases.includes(which));
  const has = (set: ReadonlySet<string>) => words.some((word) => set.has(word.text));
  const denied = words.some((word) => word.text === "не");
  if (denied) return null;

  const doer = named("nominative");
  const verb = words.map((word) => verbForm(word.text)).find((form) => form?.form === "they");
  const others = words.some((word) => /^(?:он|она|кто|никто|каждый|тот)$/.test(word.text));
  if (doer && verb && !forecast && !others) return { owner: doer.person, from: titleStart, needsDate: verb.needsDate };

  const infinitive = words.find((word) => isInfinitiveOfWork(word.text));
  if (!infinitive) return null;
  const given = named("dative");
  if (
    given &&
    given.start < infinitive.start &&
    (has(NEED) || has(ENTRUST) || isNextTo(given, infinitive.start, words))
  ) {
    return { owner: given.person, from: titleStart, needsDate: has(NEED) };
  }
  const requested = named("accusative") ?? named("genitive");
  if (requested && has(REQUEST)) return { owner: requested.person, from: titleStart, needsDate: false };
  return null;
}

/** Finds requests: "Борис, пришли, пожалуйста, отчёт"; a name that is called, then an imperative. */
function asked({ words, start }: Clause, names: readonly NameAt[], said: string): Find | null {
  const verb = words.find((word) => verbForm(word.text)?.form === "imperative");
  if (!verb || words.some((word) => word.text === "не")) return null;
  const please = said.includes("пожалуйста");
  const called = names.find((name) => {
    if (!name.cases.includes("nominative")) return false;
    const between = said.slice(name.end, verb.start);
    const here =
      /^,(?: (?:а |ты |тогда |и |пожалуйста,? ))?\s*$/.test(between) ||
      (please && /^,? ?(?:пожалуйста)?,? ?$/.test(between));
    const after = name.start > verb.end && /^[\p{L} ,]*,\s*$/u.test(said.slice(verb.end, name.start)); // "пришли, пожалуйста, отчёт, Борис"
    return here || (please && after);
  });
  return called
    ? { owner: called.person, from: Math.max(start, verb.start), needsDate: verbForm(verb.text)!.needsDate && !please }
    : null;
}

/** Finds tasks taken on: "Беру на себя зал", "Борис берёт на себя зал", "за мной — смета", "с Бориса — смета". */
function takenOn(said: string, names: readonly NameAt[], speaker: ParticipantId): SpokenTask[] {
  const end = said.search(/(?<![.!…])[.!…]+["»”')]*$/u);
  const until = end < 0 ? said.length : end;
  const mine =
    /(?<!\p{L})(?<!не )(?:беру|возьму)(?: \p{L}+)? на себя(?!\p{L})|^(?:ну |и |а |тогда )?(?:за мной|с меня)(?= ?[—–:-]| (?!хватит|достаточно|довольно|снял|взял)\p{L})/u.exec(
      said,
    );
  if (mine) return [{ start: mine.index, end: until, owner: speaker, titleFrom: mine.index, needsDate: false }];
  return names.flatMap((name): SpokenTask[] => {
    const rest = said.slice(name.end);
    const takes =
      name.cases.includes("nominative") &&
      /^ (?:\p{L}+ ){0,2}(?:берет|возьмет) (?:\p{L}+ )?на себя(?!\p{L})/u.test(rest);
    const before = said.slice(0, name.start);
    const taken = /(?:берет|возьмет) (?:\p{L}{1,20} )?на себя $/u.test(before) && name.cases.includes("nominative");
    if (taken) return [{ start: 0, end: name.end, owner: name.person, titleFrom: 0, needsDate: false }];
    const isHis =
      /(?:^|[\s,])(?:за|с) $/u.test(before) &&
      /^ ?[—–:-]/.test(rest) &&
      (name.cases.includes("instrumental") || name.cases.includes("genitive"));
    return takes || isHis
      ? [
          {
            start: name.start,
            end: until,
            owner: name.person,
            titleFrom: isHis ? before.trimEnd().lastIndexOf(" ") + 1 : name.start,
            needsDate: false,
          },
        ]
      : [];
  });
}

function isNextTo(name: NameAt, at: number, words: Clause["words"]): boolean {
  return words.filter((word) => word.start > name.start && word.start < at).length <= 2;
}
