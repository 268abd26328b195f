import type { Language } from "../appservice/protocol/identity.ts";

type Both = Readonly<Record<Language, string>>;

/** One thing people meet, its one name in each language, and the keys of both catalogues that must call it so. */
export type Word = {
  readonly name: Both;
  readonly means: Both;
  /** Names that it had once, or might be given by mistake. */
  readonly never?: Readonly<Partial<Record<Language, readonly string[]>>>;
  /** The part of the name that stays in every grammatical form, where the whole does not. */
  readonly stem?: Partial<Both>;
  readonly widget?: readonly string[];
  readonly bot?: readonly string[];
};

export const WORDS: readonly Word[] = [
  {
    name: { en: "circle", ru: "круг" },
    means: {
      en: "one round of turns on one theme, and the people in it",
      ru: "один проход очередей на одну тему и те, кто в нём участвует",
    },
    never: { en: ["ring"] },
    widget: ["graph.circle", "theme.circleOf"],
    bot: ["graph.circle", "circle.title", "command.help.join"],
  },
  {
    name: { en: "the word", ru: "слово" },
    means: { en: "what goes round: whoever has it is heard", ru: "то, что идёт по кругу: слышно того, у кого оно" },
    never: { ru: ["слово у:", "слово у участника"] },
    widget: ["act.pass", "act.take", "ring.youHaveWord"],
    bot: ["command.help.pass", "turn.call"],
  },
  {
    name: { en: "turn", ru: "очередь" },
    means: { en: "one person’s time to speak", ru: "время, когда говорит один человек" },
    never: { ru: ["ход", "хода", "ходе", "ходом", "ходов", "ходу"] },
    stem: { ru: "очеред" },
    widget: ["ring.offeredToYou", "ring.yourTurnSoon", "keeper.giveTurn"],
    bot: ["command.help.again", "command.help.accept"],
  },
  {
    name: { en: "keeper", ru: "хранитель" },
    means: {
      en: "the person who started the meeting: pauses, moves on, ends",
      ru: "тот, кто начал встречу: ставит на паузу, ведёт дальше, заканчивает",
    },
    never: { en: ["steer"], ru: ["(ведущий)"] },
    widget: ["ring.keeper", "circle.what.paused"],
    bot: ["command.word.keeper", "command.help.pause", "refusal.not-keeper"],
  },
  {
    name: { en: "facilitator", ru: "ведущий" },
    means: {
      en: "the bot, which opens microphones and writes the record",
      ru: "бот: открывает микрофоны и ведёт запись",
    },
    stem: { ru: "ведущ" },
    widget: ["screen.botAbsent.title", "screen.botWithoutPower.hint"],
    bot: ["greeting.hello"],
  },
  {
    name: { en: "record", ru: "запись" },
    means: {
      en: "all that stays of a meeting: transcript, minutes, tasks",
      ru: "всё, что остаётся от встречи: расшифровка, итоги, задачи",
    },
    stem: { ru: "запис" },
    widget: ["record.label", "act.record"],
    bot: ["command.group.record", "status.ended"],
  },
  {
    name: { en: "transcript", ru: "расшифровка" },
    means: { en: "what was said, word for word", ru: "сказанное, слово в слово" },
    never: { ru: ["сказано:"] },
    stem: { ru: "расшифровк" },
    widget: ["record.said", "after.where.transcript"],
    bot: ["meeting.transcript", "command.help.redo"],
  },
  {
    name: { en: "minutes", ru: "итоги" },
    means: { en: "summaries, decisions, open questions and tasks", ru: "пересказ, решения, открытые вопросы и задачи" },
    never: { en: ["made anew", "make the minutes anew"], ru: ["подводить итог"] },
    widget: ["record.minutes", "desk.remake"],
    bot: ["redo.begun", "command.help.redo"],
  },
  {
    name: { en: "captions", ru: "субтитры" },
    means: { en: "the speaker’s words below the circle, live", ru: "слова говорящего под кругом, сразу" },
    never: { ru: ["титры"] },
    widget: ["settings.captions", "captions.label"],
  },
  {
    name: { en: "export", ru: "скачать" },
    means: { en: "take the record away as a file", ru: "получить запись файлом" },
    never: { en: ["take along"], ru: ["взять с собой"] },
    widget: ["after.export"],
  },
  {
    name: { en: "excerpts, word for word", ru: "цитаты, слово в слово" },
    means: {
      en: "minutes made of sentences that were said; no AI took part",
      ru: "итоги из сказанных предложений; ИИ не участвовал",
    },
    never: { en: ["highlights"], ru: ["выдержки"] },
    widget: ["record.madeBy.highlights"],
    bot: ["made.highlights"],
  },
  {
    name: { en: "confirm", ru: "подтвердить" },
    means: { en: "make a suggestion count", ru: "принять предложенное" },
    never: { en: ["yes, a task", "found by rule"], ru: ["найдено по правилам"] },
    stem: { ru: "подтверд" },
    widget: ["desk.confirm", "desk.confirmItem.decision"],
    bot: ["mark.task.open", "mark.decision.confirmed"],
  },
  {
    name: { en: "dismiss", ru: "убрать" },
    means: { en: "say that a suggestion is none", ru: "сказать, что предложенное неверно" },
    never: { en: ["taken back", "take it back", "takes it back"], ru: ["взято назад"] },
    stem: { ru: "убра" },
    widget: ["desk.noTask", "desk.notItem.decision", "desk.status.dropped"],
    bot: ["mark.task.dropped", "mark.decision.dropped", "task.dropped"],
  },
  {
    name: { en: "speak later", ru: "скажу позже" },
    means: {
      en: "give up a turn now and speak at the end of the circle",
      ru: "пропустить очередь и сказать в конце круга",
    },
    never: { en: ["keeps a turn", "keep a turn"], ru: ["пропустить меня"] },
    stem: { en: "later", ru: "позже" },
    widget: ["act.skipMe"],
    bot: ["circle.controls"],
  },
  {
    name: { en: "reply", ru: "реплика" },
    means: { en: "a raised hand that answers what was said", ru: "поднятая рука: в ответ на сказанное" },
    stem: { ru: "реплик" },
    widget: ["circle.hands.kind.reply", "ring.hand.reply"],
    bot: ["command.usage.hand", "command.help.hand"],
  },
  {
    name: { en: "point of order", ru: "о порядке" },
    means: {
      en: "a raised hand about how we talk; it comes first",
      ru: "поднятая рука о том, как мы говорим; вне очереди",
    },
    never: { ru: ["по ведению", "порядке ведения"] },
    widget: ["circle.hands.kind.point-of-order", "ring.hand.point-of-order"],
    bot: ["command.help.hand"],
  },
  {
    name: { en: "open floor", ru: "свободный разговор" },
    means: { en: "whoever raises a hand gets the word", ru: "слово получает тот, кто поднял руку" },
    never: { ru: ["открытое слово", "слово свободно"] },
    stem: { en: "floor" },
    widget: ["theme.kind.open-floor", "circle.hands.floorTitle", "circle.keeper.closeFloor"],
    bot: ["kind.open-floor", "status.floor", "circle.how-floor"],
  },
  {
    name: { en: "silent writing", ru: "пишем молча" },
    means: { en: "everyone writes; all texts appear together", ru: "все пишут; тексты появляются сразу" },
    never: { en: ["writing in silence"], ru: ["в тишине"] },
    widget: ["theme.kind.silent-writing"],
    bot: ["kind.silent-writing"],
  },
  {
    name: { en: "objection", ru: "возражение" },
    means: { en: "a reason why a proposal would do harm", ru: "причина, почему предложение навредит" },
    never: { en: ["objection stands", "objections stand"], ru: ["какой вред"] },
    stem: { ru: "возраж" },
    widget: ["circle.consent.sendObjection", "circle.consent.verdict.objected"],
    bot: ["verdict.objected_other", "refusal.objection-needs-reason"],
  },
  {
    name: { en: "thread", ru: "обсуждение" },
    means: { en: "replies gathered under a message", ru: "ответы под сообщением" },
    never: { ru: ["ветка", "ветке", "ветках", "ветки"] },
    stem: { ru: "обсуждени" },
    widget: ["hostPage.thread_other"],
    bot: ["summary.failed", "meeting.transcript"],
  },
  {
    name: { en: "map", ru: "карта" },
    means: {
      en: "the meeting drawn as people, circles, and what came of them",
      ru: "встреча, нарисованная как люди, круги и то, к чему пришли",
    },
    never: { en: ["graph"], ru: ["граф", "графа"] },
    stem: { ru: "карт" },
    widget: ["graph.tab", "graph.failed"],
    bot: ["graph.alt", "graph.title"],
  },
  {
    name: { en: "balance", ru: "равномерность" },
    means: {
      en: "how evenly time was shared; 100 % is quite even",
      ru: "насколько поровну разделено время; 100 % — поровну",
    },
    never: { en: ["evenly shared", "evenness"], ru: ["поделено поровну"] },
    widget: ["record.even"],
    bot: ["meeting.balance"],
  },
  {
    name: { en: "personal link", ru: "личная ссылка" },
    means: {
      en: "opens the circle in one browser, until the meeting is over; to be opened within 5 minutes",
      ru: "открывает круг в одном браузере до конца встречи; открыть её нужно в течение 5 минут",
    },
    never: { en: ["gone by"] },
    stem: { ru: "ичная ссылка" },
    widget: ["screen.linkUsed.hint"],
    bot: ["command.help.link"],
  },
];

/** Turns of speech that are no name of anything, and that nobody would say. */
export const NEVER_SAID: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "could be had",
    "be had",
    "could not be had",
    "stand there",
    "stands there",
    "clock stands",
    "clocks stand",
    "whom",
    "else it",
    "anew",
    "loudspeaker",
    "letters left",
    "come to an end",
    "sit in the circle",
    "is to be",
    "one's own",
    "gone by",
    "go on all the same",
    "mend",
    "what harm",
    "nobody sees your",
  ],
  ru: [
    "часы стоят",
    "самое большее",
    "нынешняя",
    "сидите в круге",
    "сидит в круге",
    "ослышались",
    "на стороне",
    "в моей программе",
    "ваша программа",
    "получить не удалось",
    "взять назад",
    "заход",
  ],
};
