/** What is said about speech recognition itself, in English. */
export const speechEn = {
  "late.waits": "Speech recognition does not answer at the moment. What {{people}} said is kept, and will be written down here as soon as it does. The meeting need not wait.",
  "late.came": "Speech recognition did not answer for a while. What {{people}} said is all written down now.",
} as const;
