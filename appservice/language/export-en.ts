/** English words in the files of an exported record. */
export const exportEn = {
  "export.summary": "Summary",
  "export.decisions": "Decisions",
  "export.tasks": "Tasks",
  "export.due": "by {{date}}",
  "export.suggested": "suggestion",
  "export.circle": "Circle {{n}}: {{theme}}",
  "export.consents": "consents",
  "export.objects": "objects",
  "export.comment": "typed",
} as const;
