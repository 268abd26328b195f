/** Texts about speech recognition itself, in English. */
export const speechEn = {
  "turn.unheard": "{{seconds}} s of this turn were not heard, and are missing here",
  "late.waits":
    "Speech recognition is not responding right now. What {{people}} said is kept and will appear here as soon as it does. The meeting can go on.",
  "full.captions":
    "Much is being said in other meetings right now. Captions here may come late or be missing; the record will be whole. The meeting itself goes as always.",
  "full.text":
    "Speech recognition is full right now. This meeting will have no captions for a while, and what is said will be written down later: nothing is lost. The meeting itself goes as always.",
  "late.came": "Speech recognition is back. What {{people}} said is now written down.",

  "scribe.away":
    "{{name}} has sent the scribe away. Nothing that is said from now on is written down: no captions, no transcript, no minutes of it. Whoever sent it away, the keeper or a moderator can ask it back: “!circle scribe back”.",
  "scribe.back": "{{name}} has asked the scribe back. It listens and writes again from here on.",
  "turn.without-scribe": "not written down: the scribe had been sent away",
  "turn.partly-without-scribe": "not all of it is written down: the scribe was away for a while",
  "refusal.scribe-away": "The scribe is away already. “!circle scribe back” asks it back.",
  "refusal.scribe-here": "The scribe is here. “!circle scribe away” sends it away.",
  "refusal.not-yours-to-ask-back": "The scribe is asked back by whoever sent it away, by the keeper or by a moderator.",
  "command.word.scribe": "scribe",
  "command.usage.scribe": "away | back",
  "command.help.scribe":
    "send the scribe away, so that nothing said is written down (anybody may), or ask it back (whoever sent it away, the keeper)",
  "word.scribe.away": "away|off",
  "word.scribe.back": "back|on",

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
