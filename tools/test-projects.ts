/**
 * Projects of Vitest that run one after another, beside those of the other list: what mostly keeps the processors busy, and
 * what mostly waits for sound and clocks, several of which at once would be heard otherwise.
 */
export const SIDE_BY_SIDE = [
  ["unit", "integration", "screens"],
  ["voices", "browser"],
];
