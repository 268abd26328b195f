/** What is told when the service cannot keep what happens, in English. */
export const storageEn = {
  "refusal.not-kept": "This could not be kept: the service cannot write to its disk. Nothing has changed; try again in a moment, or tell your admin.",
  "taken-up": "My notes of this meeting were lost. It goes on from what stands in this room; the summaries to come rest on what is said from now on.",
} as const;
