/** Задачи за пределами своей встречи; входят в общий каталог. */
export const tasksRu = {
  carried: "Ещё открыто с прежних встреч",
  since: "с {{date}}",
  goTo: "Задачи идут и в",
  nowhere: "никуда больше",
  standing_one: "там стоит {{count}}",
  standing_few: "там стоят {{count}}",
  standing_many: "там стоит {{count}}",
  standing_other: "там стоят {{count}}",
  waiting_one: "ждёт {{count}}",
  waiting_few: "ждут {{count}}",
  waiting_many: "ждёт {{count}}",
  waiting_other: "ждут {{count}}",
  sendNow: "Отправить и сверить",
  in: "в {{target}}",
} as const;
