import { defineConfig } from "vitest/config";
import { keptThread } from "./tests/support/mutation/kept-thread.ts";
import { ownTemporaryFolder } from "./tests/support/own-temporary-folder.ts";

process.env.TMPDIR = ownTemporaryFolder();

/** Tests that are asked about the mutants of each folder: all that concern it, wherever they stand, and are quick. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  circle: [
    "appservice/circle/**/*.test.ts",
    "appservice/call/gate*.test.ts",
    "appservice/clock.test.ts",
    "appservice/configuration/ready-scenarios.test.ts",
    "appservice/policies/policies.test.ts",
    "appservice/record/decide.test.ts",
    "appservice/room/messages/*.test.ts",
    "tests/dot-vote.test.ts",
    "tests/kind-places.test.ts",
    "tests/sealed-meetings.test.ts",
  ],
  journal: [
    "appservice/journal/**/*.test.ts",
    "appservice/clock.test.ts",
    "appservice/room/{edited,out-of-turn,poster,recover-from-room,retention,said-once,taken-away}.test.ts",
  ],
};

export default defineConfig({
  plugins: [
    {
      name: "kept-thread",
      configureVitest({ project }) {
        project.config.pool = keptThread.name;
        project.config.poolRunner = keptThread;
      },
    },
  ],
  test: {
    include: [...(ASKED[process.env.MINDMINDER_MUTATED ?? "circle"] ?? [])],
    setupFiles: ["tests/support/mutation/same-games.ts"],
    // Loading the modules takes longer than most tests.
    isolate: false,
  },
});
