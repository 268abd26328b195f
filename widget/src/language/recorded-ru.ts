/** Texts of a call that is recorded; they are loaded when one is. */
export const recordedRu = {
  people: "Идёт запись тех, кто разрешил хранить свой звук: {{names}}.",
  whole: "Звонок записывается: каждый в нём разрешил хранить свой звук ({{names}}).",
  others: "Они могут прекратить это в любой момент.",
  stop: "Не записывать меня",
  stopAll: "Прекратить запись",
} as const;
