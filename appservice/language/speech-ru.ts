import type { speechEn } from "./speech-en.ts";

/** То же по-русски. */
export const speechRu = {
  "turn.unheard": "{{seconds}} с этой очереди ведущий не услышал: здесь их нет",
  "late.waits":
    "Распознавание речи сейчас не отвечает. Сказанное сохранено ({{people}}) и появится здесь, как только оно ответит. Встрече ждать не нужно.",
  "late.came": "Распознавание речи снова работает. Всё сказанное записано ({{people}}).",

  "command.word.vocabulary": "словарь|слова",
  "command.usage.vocabulary": "[добавить | убрать] СЛОВО, СЛОВО…",
  "command.help.vocabulary":
    "имена и слова, которые здесь часто звучат, чтобы они расшифровывались верно; без слов — показать список (хранитель)",
  "word.vocabulary.list": "список",
  "word.vocabulary.add": "добавить",
  "word.vocabulary.remove": "убрать|удалить",
  "vocabulary.none": "Своих слов у этой комнаты нет.",
  "vocabulary.list": "Слова этой комнаты: {{words}}.",
  "vocabulary.full": "Слов стало бы больше {{most}}. Уберите сначала часть: чем их меньше, тем больше от них пользы.",

  "command.word.speech": "речь",
  "command.usage.speech": "ru | en | авто",
  "command.help.speech": "на каком языке говорят в этой комнате; авто — определять в каждой очереди (модераторы)",
  "word.speech.auto": "авто",
  "speech.en": "Со следующей очереди я жду, что здесь говорят по-английски.",
  "speech.ru": "Со следующей очереди я жду, что здесь говорят по-русски.",
  "speech.auto": "Со следующей очереди я определяю язык речи каждый раз.",
} as const satisfies Record<keyof typeof speechEn, string>;
