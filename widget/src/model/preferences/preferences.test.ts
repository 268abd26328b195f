// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
});
const open = async () => (await import("./preferences.ts")).preferences;

test("what was set is found again after loading the page anew", async () => {
  (await open()).set({ sounds: false, language: "ru" });
  vi.resetModules();
  expect((await open()).get()).toMatchObject({ sounds: false, language: "ru", noiseSuppression: true });
});

test.each(["{", "null", "[]", '{"sounds":"loud","language":"tlh","new":1}'])(
  "%s in the storage does no harm",
  async (kept) => {
    localStorage.setItem("mindminder.preferences.1", kept);
    expect((await open()).get()).toMatchObject({ sounds: true, language: null, microphone: null });
  },
);
