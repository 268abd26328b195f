import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ownTemporaryFolder } from "./tests/support/own-temporary-folder.ts";
import { cacheFolder } from "./tools/setup/cache.ts";

if (Number(process.versions.node.split(".")[0]) < 24) {
  throw new Error(
    `The tests run on the project's own Node: use npm test, npm run test:unit or npx vitest (this is Node ${process.versions.node}).`,
  );
}

// Many tests start the service or its commands: compiled once, each start takes two thirds of the processor's time.
process.env.NODE_COMPILE_CACHE ??= join(cacheFolder(), "compiled");

process.env.TMPDIR = ownTemporaryFolder();

/** Limit of polling where a test names none of its own: a busy machine takes its time. */
const looking = { expect: { poll: { timeout: 30_000 } } };
/**
 * Limits for real servers and browsers. None of them is a promise: they end what hangs, and are ten times as long as
 * what they limit takes on a machine with nothing else to do.
 */
const patience = {
  expect: { poll: { timeout: 45_000 } },
  testTimeout: 300_000,
  hookTimeout: 300_000,
  teardownTimeout: 60_000,
};
/** Each look at a homeserver or into a page costs it about as much as what is waited for. */
const lookingSeldom = { expect: { poll: { ...patience.expect.poll, interval: 200 } } };
/** Several people's browsers want the machine for themselves: one file after another. */
const alone = { ...patience, fileParallelism: false };
const inTwos = { ...patience, maxWorkers: 2 };
/** Servers and the service take turns at waiting for one another. */
const inThrees = { ...patience, maxWorkers: 3 };
/** With real voices, or a flood that takes all of the machine: one after another. */
const VOICES = [
  "tests/integration/{call-flood,captions,demo-with-model,fleet-call,room-moves-speech,scribe,scribe-openai,scribe-voice-activity,speaking,translation}.test.ts",
];
/** With real calls, in which sound is there or not: they mostly wait, one after another. */
const CALLS = [
  "tests/integration/{assembly-voice,call,call-browser,call-encrypted,call-keeper,call-listening,call-moves,call-nodes,call-outage,call-recovery,call-rogue,call-spread,call-webhooks,homeserver-away,shown-out,turn-over}.test.ts",
];
/** The widget on a made-up service. */
const SCREENS = [
  "tests/browser/widget-{screens,sizes,accessible,assembly,bad-input,graph,own-words,panels}.test.ts",
  "tests/browser/{gallery,guests,phone,telegram}.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        // Files that need a page say so themselves: /** @vitest-environment jsdom */
        test: {
          name: "unit",
          ...looking,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Loading the modules anew for each of a hundred files takes as long as the tests themselves.
          isolate: false,
          // By default a core is left to Vitest itself, which waits most of the time: on two cores one would idle.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          include: [
            "appservice/**/*.test.ts",
            "tools/**/*.test.ts",
            "tests/*.test.ts",
            "tests/fuzz/*.test.ts",
            "tests/regexes/*.test.ts",
            "tests/voices/**/*.test.ts",
            "widget/{src,dev}/**/*.test.{ts,tsx}",
          ],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // In a process of its own: what other tests leave behind would draw from the chance of a story.
        test: {
          name: "simulation",
          include: ["tests/simulate/*.test.ts"],
          sequence: { groupOrder: 7 },
          ...alone,
        },
      },
      {
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          exclude: [...VOICES, ...CALLS],
          globalSetup: "tests/support/stack/prepare-servers.ts",
          sequence: { groupOrder: 2 },
          ...inThrees,
          ...lookingSeldom,
        },
      },
      {
        test: {
          name: "voices",
          include: VOICES,
          globalSetup: "tests/support/stack/prepare-servers.ts",
          sequence: { groupOrder: 3 },
          ...alone,
        },
      },
      {
        test: {
          name: "calls",
          include: CALLS,
          globalSetup: "tests/support/stack/prepare-servers.ts",
          sequence: { groupOrder: 4 },
          ...alone,
        },
      },
      {
        test: {
          name: "screens",
          include: SCREENS,
          globalSetup: "tests/support/stack/prepare-browser.ts",
          sequence: { groupOrder: 5 },
          ...inTwos,
          ...lookingSeldom,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          exclude: SCREENS,
          globalSetup: "tests/support/stack/prepare-browser.ts",
          sequence: { groupOrder: 6 },
          ...alone,
          ...lookingSeldom,
        },
      },
    ],
  },
});
