/** Texts of captions and of the record's panel; spread into the catalogue. */
export const captionsEn = {
  label: "Captions of what is being said",
} as const;

export const deskEn = {
  takeAlong: "Take along as",
  correct: "Correct",
  change: "Change",
  save: "Save",
  correctTranscript: "What was said",
  correctSummary: "Summary",
  linePerSentence: "One sentence a line.",
  correctedBy: "Corrected: {{people}}",
  history: "{{name}}, {{when}}. Before it said:",
  search: "Search",
  nothingFound: "Nothing of this was found.",
  meeting: "Meeting",
  presentMeeting: "Present meeting",
  noMeeting: "Choose a past meeting",
  done: "Done: {{title}}",
  confirm: "Yes, a task",
  noTask: "No task",
  takeUpAgain: "Take up again",
  title: "Task",
  owner: "Who",
  nobody: "Nobody yet",
  due: "By",
  status: { suggested: "suggestion", open: "open", done: "done", dropped: "taken back" },
  remake: "Make the minutes anew",
  remakeHint: "From the transcript as it is now. What people corrected or confirmed stays.",
  remaking: "The minutes are being made anew…",
} as const;
