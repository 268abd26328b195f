import { isInfinitiveOfWork, verbForm } from "./russian-verbs.ts";

/**
 * Infinitive of a verb said of oneself, of another, or to somebody, for titles; null where the ending alone does not
 * tell. Small letters, е for ё.
 */
export function infinitiveOf(word: string): string | null {
  const known = verbForm(word);
  if (known) return known.infinitive;
  const saidToOne = /[еи]шь$/u.test(word) ? verbForm(`${word.slice(0, -2)}т`) : null;
  if (saidToOne) return saidToOne.infinitive;
  const wished = /^(\p{L}{2,}[аеияуо])л[аи]?$/u.exec(word);
  if (wished && isInfinitiveOfWork(`${wished[1]}ть`)) return `${wished[1]}ть`;
  const ending = ENDINGS.find(([finite]) => word.endsWith(finite) && word.length > finite.length);
  return ending ? word.slice(0, -ending[0].length) + ending[1] : null;
}

/** Endings of the first person that tell the infinitive; longer ones first. */
const ENDINGS: readonly (readonly [finite: string, infinitive: string])[] = [
  ["ирую", "ировать"],
  ["рую", "ровать"],
  ["зую", "зовать"],
  ["сую", "совать"],
  ["блю", "бить"],
  ["плю", "пить"],
  ["влю", "вить"],
  ["млю", "мить"],
  ["ищу", "искать"],
  ["рашу", "расить"],
  ["ложу", "ложить"],
  ["хожу", "ходить"],
  ["вожу", "возить"],
  ["ножу", "носить"],
  ["мою", "мыть"],
  ["рою", "рыть"],
  ["лью", "лить"],
  ["шью", "шить"],
  ["ену", "енить"],
  ["аюсь", "аться"],
  ["аю", "ать"],
  ["яю", "ять"],
  ["ню", "нить"],
  ["рю", "рить"],
  ["чу", "чить"],
];
