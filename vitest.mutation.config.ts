import { defineConfig } from "vitest/config";

/** Tests by which mutants of `circle/` and `journal/` are killed: those that concern these folders, and are quick. */
export default defineConfig({
  test: {
    include: ["appservice/circle/**/*.test.ts", "appservice/journal/**/*.test.ts", "tests/dot-vote.test.ts"],
  },
});
