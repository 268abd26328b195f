/** Texts about speech recognition itself, in English. */
export const speechEn = {
  "turn.unheard": "{{seconds}} s of this turn were not heard, and are missing here",
  "late.waits":
    "Speech recognition is not responding right now. What {{people}} said is kept and will appear here as soon as it does. The meeting can go on.",
  "late.came": "Speech recognition is back. What {{people}} said is now written down.",

  "command.word.vocabulary": "vocabulary|words",
  "command.usage.vocabulary": "[add | remove] WORD, WORD…",
  "command.help.vocabulary":
    "names and words often said here, so that they are transcribed correctly; on its own, lists them (keeper)",
  "word.vocabulary.list": "list",
  "word.vocabulary.add": "add",
  "word.vocabulary.remove": "remove|delete",
  "vocabulary.none": "This room has no words of its own.",
  "vocabulary.list": "Words of this room: {{words}}.",
  "vocabulary.full":
    "That would be more than {{most}} words. Remove some first: the fewer there are, the more they help.",

  "command.word.speech": "speech|spoken",
  "command.usage.speech": "en | ru | auto",
  "command.help.speech": "the language spoken in this room; auto: detected in each turn (moderators)",
  "word.speech.auto": "auto",
  "speech.en": "From the next turn on, I expect people here to speak English.",
  "speech.ru": "From the next turn on, I expect people here to speak Russian.",
  "speech.auto": "From the next turn on, I detect the language of each turn.",
} as const;
