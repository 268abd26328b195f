/** Sounds as engines note them, in small letters. */
const SOUNDS = new Set(
  `music musical applause applauding applauds clapping claps cheering cheers laughter laughing laughs laugh chuckles chuckling chuckle giggles giggling sighs sighing sigh gasps gasping
  coughs coughing cough sneezes sneezing sniffs sniffles sniffling breathing breathes breath inhales exhales grunts groans moans humming hums whistling whistles whispering whispers mumbling mumbles murmuring
  chatter chattering silence noise noises sound sounds static beep beeps beeping buzz buzzing ringing rings typing clicking clicks click knocking knocks knock footsteps
  inaudible unintelligible indistinct crosstalk pause singing sings crying cries sobbing screaming screams shouting yelling yawns yawning applausing blank foreign
  музыка музыки музыкальная музыкальный аплодисменты аплодисментов аплодируют смех смеха смеется смеются хохот хохочет вздох вздыхает вздыхают кашель кашля кашляет кашляют чихает чих шум шума шумы шумит
  тишина молчание молчит пауза неразборчиво неразборчивая неразборчивый гул гудок гудки звонок стук стучит стучат щелчок щелчки шорох шорохи шепот шепчет шепчут вдох выдох дыхание свист свистит
  пение поет поют напевает плач плачет плачут крик крики кричит помехи треск звук звуки песня заставка мычит хмыкает хихикает усмехается зевает сопит`.split(
    /\s+/,
  ),
);

/** Words that may stand beside them: "upbeat music playing", «спокойная музыка». */
const BESIDE = new Set(
  `soft softly loud loudly upbeat gentle dramatic playing plays continues continuing stops fades background audience crowd man woman men women people all speaker speaking speaks
  in a the of and no language languages english russian spanish french german japanese chinese korean voice voices audio video speech phone door bell dog barking music's heavily deeply quietly nervously
  throat clears clearing end intro outro theme sad happy tense light distant faint wind rain birds chirping car engine
  спокойная громкая тихая веселая грустная динамичная драматическая напряженная тревожная торжественная легкая играет звучит продолжается фоновая фоновый фон на фоне в зале и по телефона телефону дверь дверной двери
  говорит говорят английском русском иностранном языке речь нет звука сигнал собака лает лай ветер ветра дождь дождя шаги голоса голос двигателя мотора колокольчик тяжело тихо громко`.split(
    /\s+/,
  ),
);

/** Notes that hold no word of a sound: "[speaking Spanish]", "[no audio]". */
const WHOLE = new Set(
  "speaking in a foreign language|speaking foreign language|foreign language|no audio|no speech|speaking russian|speaking english|speaking spanish|speaking french|speaking german|speaking in russian|clears throat|clearing throat|dog barking|phone ringing|door opens|door closes|говорит по английски|говорят по английски|на иностранном языке|нет звука|собака лает|лай собаки|шаги|footsteps".split(
    "|",
  ),
);

const IN_BRACKETS = /\[[^[\]]*\]|\([^()]*\)|\*[^*]*\*/gu;
/** Marks of the engine itself: "<|endoftext|>", "[BLANK_AUDIO]", "[_TT_150]". */
const OF_THE_ENGINE = /<\|[^|]*\|>|\[[A-Z0-9]*_[A-Z0-9_]*\]/gu;
const LONGEST = 80;

/**
 * Removes notes about the sound: "[Music]", "(аплодисменты)", "*sighs*", "♪". Any other words in brackets somebody
 * said: engines that punctuate put asides and formulas into them.
 */
export function withoutNotes(raw: string): string {
  const closed = raw
    .replace(OF_THE_ENGINE, " ")
    .replace(IN_BRACKETS, (found) => (isNote(found) ? " " : found))
    .replace(/[♪♫♬🎵🎶]/gu, " ");
  // A note left open: the engine ran into its limit within it.
  const opened = closed.trimStart();
  return /^[[(*]/.test(opened) && !/[\])]/.test(opened) && isNote(opened) ? " " : closed;
}

/** Tells a note in capitals without brackets, and nothing else, as in subtitles for the deaf: «СПОКОЙНАЯ МУЗЫКА». */
export function isNoteAlone(text: string): boolean {
  return text === text.toUpperCase() && isNote(text);
}

function isNote(found: string): boolean {
  if (found.length > LONGEST) return false;
  const words =
    found
      .toLowerCase()
      .replaceAll("ё", "е")
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  if (words.length === 0) return false;
  if (WHOLE.has(words.join(" "))) return true;
  return words.some((word) => SOUNDS.has(word)) && words.every((word) => SOUNDS.has(word) || BESIDE.has(word));
}
