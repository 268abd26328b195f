/** Русские слова в файлах выгруженного протокола. */
export const exportRu = {
  "export.summary": "Итоги",
  "export.decisions": "Решения",
  "export.tasks": "Задачи",
  "export.due": "до {{date}}",
  "export.suggested": "предложение",
  "export.circle": "Круг {{n}}: {{theme}}",
  "export.consents": "согласие",
  "export.objects": "возражение",
  "export.comment": "написано",
} as const;
