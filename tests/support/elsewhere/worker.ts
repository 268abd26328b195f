import { answerWith } from "../../../appservice/elsewhere/answering.ts";

/** For tests: work that is long, large or wrong at will. */
export const JOBS = {
  twice: (number: number) => number * 2,
  // Work that takes as long as it is told.
  wait: (milliseconds: number) => new Promise<string>((resolve) => setTimeout(resolve, milliseconds, "waited")),
  forever: () => {
    for (;;);
  },
  grow: () => {
    for (const all: number[][] = []; ; all.push(new Array(10_000).fill(1)));
  },
  fail: () => {
    throw new Error("no rule for this");
  },
};

answerWith(JOBS);
