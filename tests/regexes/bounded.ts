/** Expressions that grow faster than their text, and why that harms nobody: how much they ever see. */
export const BOUNDED: readonly { readonly file: string; readonly source: string; readonly why: string }[] = [
  {
    file: "appservice/minutes/highlights/filler.ts",
    source: "good (?:morning",
    why: "sees one sentence: 600 letters at most (minutes/text/sentences.ts)",
  },
  {
    file: "appservice/minutes/tasks/dated-words.ts",
    source: "(?:by|on|until|till",
    why: "sees one sentence: 600 letters at most (minutes/text/sentences.ts)",
  },
];
