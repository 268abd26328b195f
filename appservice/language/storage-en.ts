/** What is told when the service cannot keep what happens, in English. */
export const storageEn = {
  "refusal.not-kept": "This could not be kept: the service cannot write to its disk. Nothing has changed; try again in a moment, or tell your admin.",
} as const;
