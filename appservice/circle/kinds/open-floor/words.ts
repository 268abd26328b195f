import type { KindWords } from "../kind-words.ts";

/** Floor that is open: a raised hand gets the word. */
export const openFloorWords = {
  folder: "open-floor",
  stages: { floor: { word: "hands", seats: false } },
  requests: [],
  events: [],
  shown: {},
  nothing: {},
  refusals: [],
  mine: {},
  empty: {},
  page: "on an `open-floor` nobody is called in turn, hands rule",
} as const satisfies KindWords;
