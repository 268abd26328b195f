import type { MeetingRecord, Utterance } from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { meetingId, personId, roomId } from "../protocol/ids.ts";

/**
 * For tests: a council of seven people in two circles and two languages, as a speech recogniser writes it down: pauses
 * within sentences, greetings, asides, words doubled. Held on Monday, 23 November 2026, from noon UTC.
 */
const PEOPLE = [
  [personId("@anna:x"), "Анна"],
  [personId("@tom:x"), "Tom"],
  [personId("@boris:x"), "Борис"],
  [personId("@sue:x"), "Sue"],
  [personId("@vera:x"), "Вера"],
  [personId("@kim:x"), "Kim"],
  [personId("@gleb:x"), "Глеб"],
] as const;

const CIRCLES: readonly { theme: string; turns: readonly (readonly string[])[] }[] = [
  {
    theme: "Что сделано с прошлой встречи и что мешает? / What is done since last time, and what stands in the way?",
    turns: [
      [
        "Всем привет, это Анна.",
        "Ну, я закончила тексты для сайта и отдала их на проверку.",
        "Мешает то, что у нас до сих пор нет фотографий команды, без них страница о нас выглядит",
        "пустой и недоделанной.",
        "Ещё я поговорила с двумя клиентами, и оба сказали, что не понимают наших тарифов.",
        "В общем, наверное, всё. Передаю слово Тому.",
      ],
      [
        "Thanks, Anna. Hi everyone.",
        "So the new login page is live since Thursday, and about four hundred people have used it without trouble.",
        "What stands in the way is the payment service. It times out under load and I could not find out why yet.",
        "Honestly I am a bit tired, but it's fine. That's all from me.",
      ],
      [
        "Так, меня слышно? Хорошо.",
        "Я посчитал бюджет на следующий квартал, мы выходим за него примерно на двенадцать процентов.",
        "Основная причина — серверы, они подорожали летом.",
        "Я предлагаю отказаться от второго дата-центра, потому что он почти не используется.",
        "У меня всё.",
      ],
      [
        "Hello.",
        "Well, I had nine interviews with users last week and the same thing came up again and again.",
        "People do not understand the difference between the two plans, and they give up on the pricing page.",
        "I agree with Anna here, this is our main problem before the launch.",
        "I don't know, maybe we could also change the colours. Over to you, Vera.",
      ],
      [
        "Спасибо, Сью. Я согласна и с Анной, и с Сью.",
        "Я собрала отзывы после вебинара: сто двадцать человек записались, пришли семьдесят.",
        "Многие просят запись вебинара с субтитрами.",
        "Мешает мне то, что доступ к почтовой рассылке есть только у Глеба, и я каждый раз жду.",
        "Передаю слово дальше.",
      ],
      [
        "Um, not much from my side.",
        "I was ill for three days.",
        "The tests for the mobile app are about half done, and two of the old phones still crash at the start.",
        "Okay, that's it.",
      ],
      [
        "Добрый день. Так.",
        "Серверы перенесены на новую версию, простоя не было.",
        "Резервные копии я проверял в субботу, восстановление занимает сорок минут, и это слишком долго.",
        "С Борисом я не согласен, второй дата-центр нам нужен, иначе при аварии мы будем лежать целый день.",
        "Всё, спасибо.",
      ],
    ],
  },
  {
    theme: "Что каждый берёт на себя до запуска? / What does each of us take on before the launch?",
    turns: [
      [
        "Я перепишу страницу с тарифами простыми словами и пришлю черновик Сью к среде.",
        "Если успею, сделаю ещё и перевод.",
        "Борис, пришли мне, пожалуйста, таблицу с ценами до завтра.",
        "И давайте я возьму на себя фотографии команды. Всё.",
      ],
      [
        "Right.",
        "I'll find out why the payment service times out, and I'll write it up by Friday.",
        "I won't have time for the mobile app this week.",
        "Kim, please send me the list of phones that crash.",
        "I think the launch date is still realistic. That's all.",
      ],
      [
        "Хорошо. Таблицу с ценами Анна получит сегодня.",
        "Я подготовлю два варианта бюджета, с дата-центром и без него, к следующей встрече, то есть до понедельника.",
        "Глеб посчитает, сколько стоит час простоя.",
        "Я бы хотел, чтобы решение приняли все вместе. У меня всё.",
      ],
      [
        "Okay so I will test Anna's draft with five users on Thursday.",
        "If they still don't get it, we should think about one plan only.",
        "Will somebody take notes at the sessions?",
        "I'm taking care of the invitations for the launch party too.",
      ],
      [
        "Так, ну что.",
        "Задача: выложить запись вебинара с субтитрами.",
        "Субтитры сделаю я, до четверга.",
        "Глеб, дай мне, пожалуйста, доступ к рассылке сегодня.",
        "Не буду обещать, что вырастет число подписчиков, но письмо о запуске я подготовлю к первому декабря.",
      ],
      [
        "I'll finish the mobile tests by next Wednesday and send Tom the list of phones tomorrow.",
        "I can also help Vera with the subtitles.",
        "That's it from me.",
      ],
      [
        "Доступ Вере я открою сразу после встречи.",
        "Восстановление из копий ускорю, хочу уложиться в десять минут, срок — до конца месяца.",
        "Час простоя посчитаю, это несложно.",
        "Предлагаю перенести запуск на неделю, если платежи не починим к пятнице. Всё у меня.",
      ],
    ],
  },
];

const NOON = Date.parse("2026-11-23T12:00:00Z");

export function council(): { meeting: MeetingSnapshot; record: MeetingRecord } {
  const utterances: Utterance[] = [];
  const turns: MeetingRecord["turns"] = [];
  let at = NOON;
  CIRCLES.forEach(({ turns: said }, circle) =>
    said.forEach((pieces, i) => {
      const [turn, speaker, startedAt] = [turns.length + 1, PEOPLE[i]![0], at];
      pieces.forEach((text, piece) => {
        const engine = { id: "sherpa", model: "whisper-base" };
        const id = `${turn}.${piece + 1}`;
        utterances.push({
          id,
          turn,
          circle,
          speaker: personId(speaker),
          startedAt: at,
          endedAt: at + 6_000,
          language: null,
          text,
          segments: [{ kind: "speech", text }],
          engine,
        });
        at += 7_000;
      });
      turns.push({
        id: turn,
        circle,
        speaker: personId(speaker),
        startedAt,
        endedAt: at,
        spokenMs: at - startedAt,
        reason: "passed",
        heard: true,
      });
    }),
  );
  return {
    meeting: ended(at),
    record: { version: 1, utterances, comments: [], turns, minutes: [], remaking: [], corrections: [] },
  };
}

function ended(at: number): MeetingSnapshot {
  const ids = PEOPLE.map(([id]) => id);
  return {
    format: 1,
    id: meetingId("mcouncil00"),
    roomId: roomId("!council:x"),
    version: 90,
    at,
    phase: "ended",
    paused: false,
    scenario: { id: "council", title: "Council" },
    topic: "Запуск новой версии / Launch of the new version",
    language: "ru",
    keeper: personId("@anna:x"),
    people: PEOPLE.map(([id, name]) => ({ id, name, presence: "call", spokenMs: 0 })),
    circles: CIRCLES.map(({ theme }, index) => ({
      index,
      kind: "statement",
      theme,
      secondsPerTurn: 90,
      status: "done",
      round: 1,
      stances: [],
      texts: [],
    })),
    circle: 1,
    stage: null,
    stageEndsAt: null,
    wrote: [],
    hands: [],
    unevenness: null,
    rules: { extension: "keeper", skip: "self" },
    ring: ids,
    done: ids,
    returns: [],
    turn: null,
    next: null,
    nextCircleAt: null,
    startedAt: NOON,
    endedAt: at,
  };
}
