import type { speechEn } from "./speech-en.ts";

/** То же по-русски. */
export const speechRu = {
  "late.waits": "Распознавание речи сейчас не отвечает. Сказанное сохранено и будет записано здесь, как только оно ответит ({{people}}). Встрече ждать не нужно.",
  "late.came": "Распознавание речи какое-то время не отвечало. Теперь всё сказанное записано ({{people}}).",

  "command.word.vocabulary": "словарь|слова",
  "command.usage.vocabulary": "[добавить | убрать] СЛОВО, СЛОВО…",
  "command.help.vocabulary": "имена и слова, которые здесь часто звучат, чтобы они записывались верно; без слов — показать их (хранитель)",
  "word.vocabulary.list": "список",
  "word.vocabulary.add": "добавить",
  "word.vocabulary.remove": "убрать|удалить",
  "vocabulary.none": "Своих слов у этой комнаты нет.",
  "vocabulary.list": "Слова этой комнаты: {{words}}.",
  "vocabulary.full": "Слов стало бы больше {{most}}. Уберите сначала часть: чем их меньше, тем больше от них пользы.",

  "command.word.speech": "речь",
  "command.usage.speech": "ru | en | авто",
  "command.help.speech": "на каком языке говорят в этой комнате; авто — определять в каждом ходе (модераторы)",
  "word.speech.auto": "авто",
  "speech.en": "Со следующего хода речь в этой комнате считается английской.",
  "speech.ru": "Со следующего хода речь в этой комнате считается русской.",
  "speech.auto": "Со следующего хода язык речи в этой комнате определяется в каждом ходе.",
} as const satisfies Record<keyof typeof speechEn, string>;
