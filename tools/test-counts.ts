export type Counts = {
  passed: number;
  failed: number;
  skipped: number;
};

/** The part of Vitest's JSON report that is read here. */
export type VitestReport = {
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** A file that failed without a failed test (it did not load, or a hook of it threw) counts as one failed. */
export function countTests({ testResults }: VitestReport): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === "failed").length;
    const passed = assertionResults.filter((test) => test.status === "passed").length;
    counts.passed += passed;
    counts.failed += failed === 0 && status === "failed" ? 1 : failed;
    counts.skipped += assertionResults.length - passed - failed;
  }
  return counts;
}

export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
