/**
 * Projects of Vitest in rounds, one round after another. A round's lists run beside each other, and the projects of a list one
 * after another: what keeps the processors busy beside what mostly waits for a page. Real voices and calls
 * have the machine for themselves: sound, recognition and microphones that come late are heard otherwise.
 */
export const ROUNDS = [
  [
    ["unit", "integration"],
    ["browser", "simulation", "screens"],
  ],
  [["voices", "calls"]],
];
