/** Русские слова в файлах выгруженного протокола. */
export const exportRu = {
  "export.summary": "Итоги",
  "export.decisions": "Решения",
  "export.tasks": "Задачи",
  "export.due": "до {{date}}",
  "export.suggested": "предложена",
  "export.circle": "Круг {{n}}: {{theme}}",
  "export.consents": "нет возражений",
  "export.objects": "возражение",
  "export.comment": "написано",
} as const;
