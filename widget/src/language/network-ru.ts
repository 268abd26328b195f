/** Слова графа встречи, как он нарисован; входят в каталог. */
export const networkRu = {
  inCircle: "{{kind}} · круг {{n}}",
  heading: { circles: "Круги", themes: "Общие темы", results: "К чему пришли" },
  edge: {
    spoke: "говорит в круге", said: "говорит", about: "о чём", supports: "поддерживает", objects: "возражает против", answers: "отвечает на", agreed: "за решение", assigned: "делает", derived: "выросло из",
    same: "о том же",
  },
  back: {
    spoke: "выступали", said: "сказал(а)", about: "говорили в", supports: "поддержано", objects: "возражение", answers: "ответ", agreed: "согласие", assigned: "берёт на себя", derived: "привело к",
    same: "о том же",
  },
  filter: "Фильтр",
  lines: "Линии",
  notConfirmed: "пунктир: предложено, не подтверждено",
  connected: "Связано с",
} as const;
