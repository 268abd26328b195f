/** Texts for a service that cannot store what happens, in English. */
export const storageEn = {
  "refusal.not-kept":
    "This could not be saved: the service cannot write to its disk. Nothing has changed. Try again in a moment, or tell your admin.",
  "taken-up":
    "My notes of this meeting were lost. It goes on from what is in this room; summaries cover only what is said from now on.",
  "meeting-lost":
    "My notes of this meeting were lost, and what I keep of it outside opens by another key file. It cannot go on. What was written stays here in the room; “!circle start” begins a new meeting.",
  "assembly-lost":
    "My notes of this assembly were lost, and with them who sat in which group: it is over. What was written of it stays here in the groups’ threads; what was said last may be missing. “!circle assembly open” opens a new one, which everybody joins again.",
} as const;
