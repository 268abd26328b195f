/** Texts of sound that is kept; spread into the catalogue. */
export const soundEn = {
  title: "What I say",
  keep_one: "Keep the sound of my turns for {{count}} day",
  keep_other: "Keep the sound of my turns for {{count}} days",
  keepHint: "Members of this room can hear it from the transcript. Switched off, what was kept is deleted at once; the text stays.",
  hear: "Hear",
  stop: "Stop",
  hearWhat: "Hear what {{name}} said",
  stopHearing: "Stop hearing {{name}}",
} as const;
