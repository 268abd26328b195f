const WHO = [
  "Bob, please",
  "I will",
  "We have decided to",
  "I propose to",
  "Who can",
  "I think we should",
  "Let's",
  "Nobody wants to",
  "Dan, could you",
  "It would be good to",
];
const DOES = ["call", "rewrite", "repaint", "measure", "order", "invite", "answer", "clean", "describe", "move"];
const WHAT = [
  "the neighbours",
  "the garden fence",
  "our supplier",
  "the old budget",
  "a new lamp",
  "the kitchen plan",
  "all the visitors",
  "the letter of the council",
  "the bicycle shed",
  "the long invoice",
];
const WHEN = [
  "by Friday",
  "before the summer",
  "next week",
  "as soon as the weather allows",
  "in the autumn",
  "without any hurry",
  "tomorrow morning",
  "for the third time",
];

/** For tests: one of many sentences, the same for the same number; a quarter of them ask. */
export function sentenceOf(i: number): string {
  const pick = (from: readonly string[], step: number) => from[Math.floor(i / step) % from.length]!;
  const [who, does, what, when] = [pick(WHO, 1), pick(DOES, 3), pick(WHAT, 7), pick(WHEN, 11)];
  return `${who} ${does} ${what} ${when}${who === "Who can" || i % 4 === 3 ? "?" : "."}`;
}
