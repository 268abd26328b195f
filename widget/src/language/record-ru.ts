/** Тексты субтитров и панели записи; входят в общий каталог. */
export const captionsRu = {
  label: "Субтитры к тому, что говорят",
} as const;

export const deskRu = {
  takeAlong: "Взять с собой как",
  correct: "Исправить",
  change: "Изменить",
  save: "Сохранить",
  correctTranscript: "Что было сказано",
  correctSummary: "Итог",
  linePerSentence: "По одному предложению в строке.",
  correctedBy: "Исправлено: {{people}}",
  history: "{{name}}, {{when}}. До этого было:",
  search: "Поиск",
  nothingFound: "Такого не нашлось.",
  meeting: "Встреча",
  presentMeeting: "Нынешняя встреча",
  noMeeting: "Выберите прошлую встречу",
  done: "Сделано: {{title}}",
  confirm: "Да, задача",
  noTask: "Не задача",
  takeUpAgain: "Вернуть",
  title: "Задача",
  owner: "Кто",
  nobody: "Пока никто",
  due: "Срок",
  status: { suggested: "предложение", open: "открыта", done: "сделано", dropped: "снята" },
  remake: "Составить итоги заново",
  remakeHint: "По расшифровке, какая она теперь. Исправленное и подтверждённое людьми останется.",
  remaking: "Итоги составляются заново…",
} as const;
