/** Texts of the outcome of a meeting and its circles, as the room reads it, in English. */
export const outcomeEn = {
  "circle.over": "Circle {{number}} · {{theme}}",
  "circle.over-again": "Circle {{number}}, round {{round}} · {{theme}}",
  "circle.spoke_one": "{{count}} person, {{time}}",
  "circle.spoke_other": "{{count}} people, {{time}}",
  "circle.wrote_one": "{{count}} person wrote",
  "circle.wrote_other": "{{count}} people wrote",
  "circle.word": "{{speaker}} has the word.",
  "summary.circle": "This circle in short",

  "outcome.decided": "✓ Decided:",
  "outcome.nothing-decided": "nothing",
  "outcome.to-do": "☐ To do",
  "outcome.nothing-to-do": "(no tasks)",
  "outcome.please-confirm": "({{count}}, please confirm in the thread)",
  "outcome.in-thread": "({{count}}, in the thread)",
  "outcome.nobody-yet": "nobody yet",
  "outcome.open": "? Open:",
  "outcome.nothing-open": "no questions",
  "outcome.more_one": "and {{count}} more, in the thread",
  "outcome.more_other": "and {{count}} more, in the thread",
  "outcome.how-we-see-it": "How we see it:",
  "outcome.quote": "“{{text}}” ({{name}})",
  "outcome.said": "What was said:",

  "meeting.balance": "balance {{percent}} %",
  "meeting.transcript": "transcript in the circles’ threads",
} as const;
