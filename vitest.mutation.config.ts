import { defineConfig } from "vitest/config";
import { QuickestFirst } from "./tests/support/mutation/quickest-first.ts";
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
    "appservice/journal/golden-journals.test.ts",
    "appservice/policies/policies.test.ts",
    "appservice/record/decide.test.ts",
    "appservice/room/messages/*.test.ts",
    "tests/dot-vote.test.ts",
    "tests/kind-places.test.ts",
    "tests/sealed-meetings.test.ts",
    "tools/generated.test.ts",
  ],
  journal: [
    "appservice/journal/**/*.test.ts",
    "appservice/clock.test.ts",
    "appservice/erasure/{assembly-erasing,assembly-words,erased-assemblies}.test.ts",
    "appservice/minutes/outdated.test.ts",
    "appservice/room/{assembly,edited,out-of-turn,poster,recover-from-room,retention,said-once}.test.ts",
    "appservice/room/{taken-away,words-taken-away}.test.ts",
    "appservice/telegram/bot/sealed-texts.test.ts",
    "appservice/withdrawn-consents.test.ts",
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
    expect: { poll: { timeout: 30_000 } },
    include: [...(ASKED[process.env.MINDMINDER_MUTATED ?? "circle"] ?? [])],
    sequence: { sequencer: QuickestFirst },
    // A test that waits for its turn on a busy machine kills no mutant.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ["tests/support/mutation/same-games.ts"],
    // Loading the modules takes longer than most tests.
    isolate: false,
    // As it comes from the thread an error that no test caught cannot be put into words, which StrykerJS dies of.
    onUnhandledError: (error) => void Object.setPrototypeOf(error, Error.prototype),
  },
});
