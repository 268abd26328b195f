import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CaptionStore } from "./caption-store.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const of = (segment: string, final = false) => ({ "lk.segment_id": segment, "lk.transcription_final": String(final) });
const texts = (store: CaptionStore) => store.get().said.map(({ text }) => text);

test("a piece grows until its final text, and the next stands behind it", () => {
  const store = new CaptionStore();
  store.hear(personId("@ann:x"), of("1"), "I would");
  store.hear(personId("@ann:x"), of("1"), "I would like");
  expect(texts(store)).toEqual(["I would like"]);
  store.hear(personId("@ann:x"), of("1", true), "I'd like tea.");
  store.hear(personId("@ann:x"), of("2"), "And");
  expect(texts(store)).toEqual(["I'd like tea.", "And"]);
});

test("an early text that comes late does not undo the final one", () => {
  const store = new CaptionStore();
  store.hear(personId("@ann:x"), of("1", true), "Tea.");
  store.hear(personId("@ann:x"), of("1"), "Te");
  expect(texts(store)).toEqual(["Tea."]);
});

test("the next speaker's words do not stand behind those of the one before, and silence empties the lines", () => {
  const store = new CaptionStore();
  store.hear(personId("@ann:x"), of("1", true), "Tea.");
  store.hear(personId("@bob:x"), of("2"), "Coffee");
  expect(store.get()).toMatchObject({ speaker: "@bob:x", said: [{ text: "Coffee" }] });
  vi.advanceTimersByTime(8_000);
  expect(store.get()).toMatchObject({ speaker: null, said: [] });
});

test("what is no caption is left alone", () => {
  const store = new CaptionStore();
  store.hear(personId("@ann:x"), {}, "hello");
  store.hear(personId("@ann:x"), { "lk.segment_id": "", "lk.transcription_final": "maybe" }, "hello");
  expect(texts(store)).toEqual([]);
});
