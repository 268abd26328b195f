import { expect, test } from "vitest";
import { closingLine, countTests, failureLines } from "./test-counts.ts";

const file = (status: string, ...tests: string[]) => ({
  name: "/home/project/tests/a.test.ts",
  status,
  message: status === "failed" ? "Error: no such file\n    at line 1" : "",
  assertionResults: tests.map((test) => ({
    status: test,
    fullName: `ann is ${test}`,
    failureMessages: test === "failed" ? ["AssertionError: expected 1 to be 2\n    at line 7"] : [],
  })),
});

test("tests of all files are counted", () => {
  const report = {
    testResults: [file("passed", "passed", "passed", "pending"), file("failed", "failed", "passed", "todo")],
  };
  expect(countTests(report)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test("a file that could not be loaded is a failure, though none of its tests ran", () => {
  expect(countTests({ testResults: [file("failed"), file("failed", "skipped")] })).toEqual({
    passed: 0,
    failed: 2,
    skipped: 1,
  });
});

test("the closing line names skipped tests only if there are some", () => {
  expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(closingLine({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
});

test("all that failed is listed at the end: tests, and files that did not load", () => {
  const report = { testResults: [file("passed", "passed"), file("failed", "passed", "failed"), file("failed")] };
  expect(failureLines(report, "/home/project")).toEqual([
    "tests/a.test.ts > ann is failed: AssertionError: expected 1 to be 2",
    "tests/a.test.ts: Error: no such file",
  ]);
});
