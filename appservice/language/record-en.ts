/** Correcting the record and making the minutes anew, in English. */
export const recordEn = {
  "refusal.not-yours-to-correct": "Only whose words these are, the keeper of the meeting or a moderator of the room can correct this.",
  "refusal.corrected-meanwhile": "{{name}} has corrected this in the meantime. Have a look and try again if you still want to.",
  "refusal.nothing-to-correct": "This is not in the record any more. Have a look at what stands there now.",
  "refusal.nothing-to-remake": "There are no minutes yet that could be made anew.",

  "corrected.by": "corrected by {{people}}",
  "task.dropped": "dismissed",

  "command.word.correct": "correct",
  "command.usage.correct": "what was heard => what was said",
  "command.help.correct": "as a reply to a transcript, a summary, a decision, a question or a task: puts other words in place of what is wrong; without “=>” the whole text",
  "command.word.redo": "redo",
  "command.usage.redo": "[summary | tasks | decisions | questions]",
  "command.help.redo": "make the minutes anew from the corrected transcript; what people corrected or confirmed stays (keeper)",
  "word.redo.summary": "summary|summaries",
  "word.redo.tasks": "tasks|task",
  "redo.begun": "The minutes are being made anew; the messages change when they are ready.",
  "correct.reply-to": "Answer the message that is to be corrected: a transcript, a summary, a decision, a question, or a task.",
  "correct.not-found": "“{{words}}” does not stand there.",
  "correct.twice": "“{{words}}” stands there more than once. Quote a few words more.",
  "correct.which": "There are several parts in this message. Say which words are meant: “{{usage}}”.",
  "correct.same": "It stands there so already.",
  "outdated.by-hand": "What was said was corrected afterwards. This was put into words by hand and stays; “!circle correct” as a reply changes it.",
  "outdated.failed": "What was said was corrected afterwards, and this could not be made anew. “!circle redo” tries again.",
} as const;
