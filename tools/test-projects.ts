/**
 * Projects of Vitest in rounds, one round after another. A round's lists run beside each other, and the projects of a list one
 * after another: what keeps the processors busy beside what mostly waits for a page. Beside real voices only what waits for calls
 * is run: sound and recognition that come late are heard otherwise.
 */
export const ROUNDS = [
  [["unit", "integration", "screens"], ["browser"]],
  [["voices"], ["calls"]],
];
