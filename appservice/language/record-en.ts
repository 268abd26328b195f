/** Correcting the record and making the minutes anew, in English. */
export const recordEn = {
  "refusal.not-yours-to-correct": "Only the speaker, the keeper or a moderator can correct this.",
  "refusal.corrected-meanwhile": "{{name}} has just corrected this. Have a look, and try again if you still want to.",
  "refusal.nothing-to-correct": "This is no longer in the record.",
  "refusal.only-its-speaker":
    "Whoever said this took it back, or does not want to be written down. Only they can put words here.",
  "refusal.nothing-to-remake": "There are no minutes to regenerate yet.",

  "corrected.by": "corrected by {{people}}",
  "task.dropped": "dismissed",

  "command.word.correct": "correct",
  "command.usage.correct": "what was heard => what was said",
  "command.help.correct":
    "reply with it to a transcript, summary, decision, question or task to replace the wrong words; without “=>”, the whole text",
  "command.word.redo": "redo",
  "command.usage.redo": "[summary | tasks | decisions | questions]",
  "command.help.redo":
    "regenerate the minutes from the corrected transcript; what people corrected or confirmed is kept (keeper)",
  "word.redo.summary": "summary|summaries",
  "word.redo.tasks": "tasks|task",
  "redo.begun": "Regenerating the minutes; the messages change when they are ready.",
  "correct.reply-to":
    "Write this as a reply to the message you want to correct: a transcript, summary, decision, question or task.",
  "correct.not-found": "That message does not contain “{{words}}”.",
  "correct.twice": "“{{words}}” occurs more than once. Quote a few more words.",
  "correct.which": "This message has several parts. Say which words to replace: “{{usage}}”.",
  "correct.same": "It already says that.",
  "outdated.by-hand":
    "The transcript was corrected since. This text was written by hand and is kept; reply with “!circle correct” to change it.",
  "outdated.failed":
    "The transcript was corrected since, but this could not be regenerated. “!circle redo” tries again.",
} as const;
