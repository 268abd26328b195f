import type { KindWords } from "../kind-words.ts";

/** The word goes round, and nothing else happens. These kinds differ in what they are called. */
export const plainWords = {
  folder: "plain",
  stages: {},
  requests: [],
  events: [],
  shown: {},
  nothing: {},
  refusals: [],
  mine: {},
  empty: {},
} as const satisfies KindWords;
