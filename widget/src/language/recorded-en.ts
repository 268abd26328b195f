/** Texts of a call that is recorded; they are loaded when one is. */
export const recordedEn = {
  people: "This call is recorded of those who allowed their sound to be kept: {{names}}.",
  whole: "This call is recorded: everybody in it allowed their sound to be kept ({{names}}).",
  others: "They can end it at any time.",
  stop: "Stop recording me",
  stopAll: "Stop the recording",
} as const;
