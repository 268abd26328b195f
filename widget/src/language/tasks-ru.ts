/** Задачи за пределами своей встречи; входят в общий каталог. */
export const tasksRu = {
  carried: "Ещё открыто с прежних встреч",
  since: "с {{date}}",
  goTo: "Отправлять задачи и в",
  nowhere: "Никуда",
  standing_one: "отправлена {{count}}",
  standing_few: "отправлено {{count}}",
  standing_many: "отправлено {{count}}",
  standing_other: "отправлено {{count}}",
  waiting_one: "в очереди {{count}}",
  waiting_few: "в очереди {{count}}",
  waiting_many: "в очереди {{count}}",
  waiting_other: "в очереди {{count}}",
  sendNow: "Синхронизировать",
  in: "в {{target}}",
} as const;
