import type { assemblyEn } from "./assembly-en.ts";

export const assemblyRu: Record<keyof typeof assemblyEn, string> = {
  "refusal.no-assembly": "Здесь нет собрания. Откройте его: «!круг собрание открыть».",
  "refusal.assembly-running": "Собрание здесь уже открыто. Хранитель может закончить его: «!круг собрание закончить».",
  "refusal.assembly-not-begun": "Это можно сделать, когда собрание начнётся.",
  "refusal.assembly-full": "Мест больше нет: в собрании может быть не больше {{most}} участников.",
  "refusal.not-in-assembly": "Вас нет в собрании. Чтобы участвовать, напишите «!круг собрание войти».",
  "refusal.already-in-assembly": "Вы уже в собрании.",
  "refusal.no-such-ring": "Группы {{number}} сейчас нет.",
  "refusal.no-chair": "Пустой стул — для тех, кто слушает делегатов.",
  "refusal.chair-taken": "Пустой стул сейчас занят кем-то из вашей группы.",
  "refusal.no-delegate-here": "Сейчас ваша группа никого не выбирает.",
  "refusal.no-topics-now": "Сейчас темы не собирают.",
  "refusal.too-many-topics": "Тем уже {{most}}; выберите одну из них.",
  "refusal.no-such-topic": "Темы {{topic}} нет.",
};
