import type { Pseudonyms } from "../pseudonyms.ts";

/** A stretch of a text, and what stands there instead. */
export type Replacement = { readonly start: number; readonly end: number; readonly by: string };

type Pattern = {
  readonly find: RegExp;
  readonly is?: (found: string) => boolean;
  readonly by: (found: string, pseudonyms: Pseudonyms) => string;
};

/** Things by which somebody can be reached or charged. The first that fits a stretch has it. */
const PATTERNS: readonly Pattern[] = [
  {
    find: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu,
    by: (found, pseudonyms) => `${pseudonyms.person(`mail ${found.toLowerCase()}`)}@example.org`,
  },
  // Matrix ids, and names of accounts elsewhere.
  {
    find: /(?<![\p{L}\p{N}])@[\p{L}\p{N}._=/+-]{2,64}(?::[\p{L}\p{N}.-]{1,128}(?::\d{1,5})?)?/gu,
    by: (found, pseudonyms) => `@${pseudonyms.person(`account ${found.toLowerCase()}`)}`,
  },
  {
    find: /(?<![\p{N}])\d(?:[ -]?\d){12,18}(?!\p{N})/gu,
    is: (found) => isCard(digitsOf(found)),
    by: (found, pseudonyms) => redialled(found, `card ${digitsOf(found)}`, pseudonyms),
  },
  {
    find: /(?<![\p{L}\p{N}])(?:\+|00)?\d(?:[ ()./-]{0,2}\d){6,14}(?![\p{L}\p{N}])/gu,
    is: (found) => !isDateOrSum(found) && digitsOf(found).length >= 7,
    by: (found, pseudonyms) => redialled(found, `phone ${digitsOf(found)}`, pseudonyms),
  },
];

export function patternsIn(text: string, pseudonyms: Pseudonyms): Replacement[] {
  const found: Replacement[] = [];
  for (const { find, is, by } of PATTERNS) {
    for (const match of text.matchAll(find)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => start < other.end && other.start < end) || is?.(match[0]) === false) continue;
      found.push({ start, end, by: by(match[0], pseudonyms) });
    }
  }
  return found;
}

/** Other digits in the same places: a sum of Luhn that is right by chance is of nobody's card. */
function redialled(found: string, of: string, pseudonyms: Pseudonyms): string {
  let at = 0;
  return found.replace(/\d/g, () => String(pseudonyms.number(`${of} ${at++}`, 10)));
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** Luhn's check sum, which every card has. */
function isCard(digits: string): boolean {
  let sum = 0;
  for (const [at, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (at % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** "2026-11-30", "30.11.2026 10", and "1 000 000" are no phones. */
function isDateOrSum(found: string): boolean {
  return /^\d{4}-\d{2}-\d{2}|^\d{1,2}[./]\d{1,2}[./]\d{4}/.test(found) || /^\d{1,3}(?: 000)+$/.test(found.trim());
}
