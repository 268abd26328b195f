/** Texts of captions and of the record's panel; spread into the catalogue. */
export const captionsEn = {
  label: "Captions of what is being said",
  switch: "CC",
} as const;
