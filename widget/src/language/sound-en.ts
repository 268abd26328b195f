/** Texts of sound that is kept; spread into the catalogue. */
export const soundEn = {
  title: "Recordings of me",
  keep_one: "Keep recordings of my turns for {{count}} day",
  keep_other: "Keep recordings of my turns for {{count}} days",
  keepHint:
    "Members of this room can play them from the transcript. Turn this off, and they are deleted at once; the text stays.",
  hear: "Play",
  stop: "Stop",
  hearWhat: "Play what {{name}} said",
  stopHearing: "Stop playing {{name}}",
} as const;
