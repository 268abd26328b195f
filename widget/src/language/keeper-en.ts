/** What the keeper alone is told; spread into the catalogue. */
export const keeperEn = {
  outOfTurn_one: "{{name}}: the microphone opened out of turn and was closed.",
  outOfTurn_other: "{{name}}: the microphone opened out of turn {{count}} times and was closed.",
} as const;
