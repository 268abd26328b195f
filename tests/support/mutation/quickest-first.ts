import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Asks first the tests that stand beside the rules, then the others, then those that play hundreds of games or start a whole service. */
export class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

const RANKS = [
  /appservice\/(?:circle|journal)\/(?!.*(?:property|golden))/,
  /appservice\/(?:circle|journal|call)\//,
  /^/,
];

function rankOf({ moduleId }: TestSpecification): number {
  return RANKS.findIndex((rank) => rank.test(moduleId));
}
