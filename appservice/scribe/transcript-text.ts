/** What an engine wrote, without what nobody said: marks of noise, loops it fell into, credits it learned from subtitles. */
export function cleanTranscript(raw: string, seconds = Infinity): string {
  const words = withoutLoops(withoutMarks(raw).split(/\s+/).filter(Boolean).map(withoutLetterLoops));
  const text = words.join(" ");
  if (!/[\p{L}\p{N}]/u.test(text) || isCredit(text)) return "";
  return text.slice(0, longest(seconds));
}

/** Nobody says more letters a second; an engine that runs on without end does. */
const MOST_LETTERS_A_SECOND = 60;

function longest(seconds: number): number {
  return Math.max(100, Math.ceil(seconds * MOST_LETTERS_A_SECOND));
}

/** "[Music]", "(аплодисменты)", "*sighs*", "♪". Something in brackets is a note about the sound: speech has no brackets. */
function withoutMarks(raw: string): string {
  return raw
    .replace(/\[[^[\]]*\]|\([^()]*\)|\*[^*]*\*|<\|[^|]*\|>/gu, " ")
    .replace(/[♪♫]/gu, " ")
    // Left open: the engine ran into its limit within the note.
    .replace(/^\s*[[(][^\])]*$/u, " ");
}

/** More letters of a kind in a row than anybody writes: "ссссссс". */
function withoutLetterLoops(word: string): string {
  return word.replace(/(\p{L})\1{5,}/gu, "$1");
}

const LONGEST_PHRASE = 12;
/** People do say something three times over. */
const MOST_REPEATS = 3;

/** An engine that lost the thread says a phrase again and again: once is enough. */
function withoutLoops(words: string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; ) {
    const { length, times } = loopAt(words, at);
    if (times > MOST_REPEATS) {
      kept.push(...words.slice(at, at + length));
      at += length * times;
    } else {
      kept.push(words[at] ?? "");
      at++;
    }
  }
  return kept;
}

/** The phrase that begins at `at` and is repeated most words long. */
function loopAt(words: string[], at: number): { length: number; times: number } {
  let found = { length: 1, times: 1 };
  for (let length = 1; length <= LONGEST_PHRASE && at + length * 2 <= words.length; length++) {
    let times = 1;
    while (samePhrase(words, at, at + length * times, length)) times++;
    if (times > MOST_REPEATS && times * length > found.times * found.length) found = { length, times };
  }
  return found;
}

function samePhrase(words: string[], one: number, other: number, length: number): boolean {
  if (other + length > words.length) return false;
  for (let word = 0; word < length; word++) {
    if (bare(words[one + word]) !== bare(words[other + word])) return false;
  }
  return true;
}

function bare(word = ""): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Whisper learned from subtitles, and writes their credits where there is next to no speech. Whole pieces only. */
const CREDITS = [
  /^(редактор субтитров|субтитры (сделал|делал|создавал|подогнал)а?и?) .*$/iu,
  /^продолжение следует[.…\s]*$/iu,
  /^(subtitles|captions|transcribed|translated) by\b.*$/iu,
  /^(thank you|thanks) for watching[.!\s]*$/iu,
  /^спасибо за просмотр[.!\s]*$/iu,
];

function isCredit(text: string): boolean {
  return CREDITS.some((credit) => credit.test(text));
}
