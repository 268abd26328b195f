/** Purposes for which people let their words and sound be used, in English. */
export const purposesEn = {
  "purpose.write": "My words may be written down in all meetings of this room. {{details}}",
  "purpose.sound_one": "The sound of my turns may be kept for {{count}} day; members of this room can play it.",
  "purpose.sound_other": "The sound of my turns may be kept for {{count}} days; members of this room can play it.",
  "purpose.improve":
    "My words and the kept sound of my turns may be used to improve the models of this server; they do not leave it.",
  "purpose.publish": "My words and the kept sound of my turns may be published, for anybody to read and hear.",
  "purposes.title": "Your words and your sound in this room:",
  "purposes.yes": "✓ {{text}} Yes, since {{day}}; “!circle consent {{word}} no” undoes it.",
  "purposes.no": "✗ {{text}} No; “!circle consent {{word}} yes” allows it.",
  "purposes.ask": "{{text}} If that may be, write “!circle consent {{word}} yes”.",
  "purposes.given": "Noted: {{text}} “!circle consent {{word}} no” undoes it at any time.",
  "purposes.taken-back": "Noted: no longer, from now on.",
  "purposes.sound-gone": "Noted: no longer, from now on. What was kept of it is deleted.",
  "word.purpose.write": "writing|write|words",
  "word.purpose.sound": "sound|voice|audio",
  "word.purpose.improve": "improve|models",
  "word.purpose.publish": "publish|publication",
  "word.yes": "yes",
  "word.no": "no",
} as const;
