import fc from "fast-check";
import { afterAll } from "vitest";

/**
 * Plays the same few games for every mutant: another draw would kill what this one lets live, and hundreds take hours.
 */
fc.configureGlobal({ seed: 17, numRuns: 30 });

/** Puts the mutant out of force: the thread is kept, and the next test file is to be loaded without it. */
afterAll(() => {
  const stryker: unknown = Reflect.get(globalThis, "__stryker__");
  if (typeof stryker === "object" && stryker !== null) Reflect.set(stryker, "activeMutant", undefined);
});
