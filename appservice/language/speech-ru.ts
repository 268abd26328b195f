import type { speechEn } from "./speech-en.ts";

/** То же по-русски. */
export const speechRu = {
  "late.waits": "Распознавание речи сейчас не отвечает. Сказанное сохранено и будет записано здесь, как только оно ответит ({{people}}). Встрече ждать не нужно.",
  "late.came": "Распознавание речи какое-то время не отвечало. Теперь всё сказанное записано ({{people}}).",
} as const satisfies Record<keyof typeof speechEn, string>;
