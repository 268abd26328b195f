/** What is said about speech recognition itself, in English. */
export const speechEn = {
  "late.waits": "Speech recognition does not answer at the moment. What {{people}} said is kept, and will be written down here as soon as it does. The meeting need not wait.",
  "late.came": "Speech recognition did not answer for a while. What {{people}} said is all written down now.",

  "command.word.vocabulary": "vocabulary|words",
  "command.usage.vocabulary": "[add | remove] WORD, WORD…",
  "command.help.vocabulary": "names and words that are often said here, so that they are written down right; without more: lists them (keeper)",
  "word.vocabulary.list": "list",
  "word.vocabulary.add": "add",
  "word.vocabulary.remove": "remove|delete",
  "vocabulary.none": "This room has no words of its own.",
  "vocabulary.list": "Words of this room: {{words}}.",
  "vocabulary.full": "That would be more than {{most}} words. Take some away first; the fewer there are, the more they help.",

  "command.word.speech": "speech|spoken",
  "command.usage.speech": "en | ru | auto",
  "command.help.speech": "the language people speak in this room; auto: found for each turn (moderators)",
  "word.speech.auto": "auto",
  "speech.en": "From the next turn on, speech in this room is taken for English.",
  "speech.ru": "From the next turn on, speech in this room is taken for Russian.",
  "speech.auto": "From the next turn on, the language spoken in this room is found for each turn.",
} as const;
