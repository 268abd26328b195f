import { defineConfig } from "vitest/config";
import { ownTemporaryFolder } from "./tests/support/own-temporary-folder.ts";

process.env.TMPDIR = ownTemporaryFolder();

/**
 * Tests by which mutants of `circle/` and `journal/` are killed: those that concern these folders, wherever they stand, and
 * are quick. They share their modules, for loading these takes longer than most tests.
 */
export default defineConfig({
  test: {
    include: [
      "appservice/circle/**/*.test.ts",
      "appservice/journal/**/*.test.ts",
      "appservice/clock.test.ts",
      "appservice/room/recover-from-room.test.ts",
      "appservice/room/retention.test.ts",
      "tests/dot-vote.test.ts",
      "tests/past-seen.test.ts",
    ],
    setupFiles: ["tests/support/mutation/same-games.ts"],
    isolate: false,
  },
});
