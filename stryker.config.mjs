// Read by `npm run mutation`, which says in MINDMINDER_MUTATED which folder is meant.
const folder = process.env.MINDMINDER_MUTATED ?? "circle";
const output = `test-output/mutation/${folder}`;

export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  mutate: [`appservice/${folder}/**/*.ts`, "!**/*.test.ts"],
  ignorePatterns: ["tsconfig.json", "/widget/dist", "/test-output", "/models", "/demo-data"],
  coverageAnalysis: "perTest",
  incremental: true,
  incrementalFile: `${output}/incremental.json`,
  reporters: ["clear-text", "progress-append-only", "json", "html"],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: `${output}/mutation.json` },
  htmlReporter: { fileName: `${output}/index.html` },
  concurrency: 1,
  // A busy machine is slow: what is only slow is not to count as killed.
  timeoutMS: 30_000,
  timeoutFactor: 2,
  dryRunTimeoutMinutes: 20,
  tempDirName: `${output}/tmp`,
  thresholds: { high: 95, low: 90, break: null },
};
