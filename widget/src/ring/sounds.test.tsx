// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { meetingOf, turnOf } from "../meeting/made-up.ts";
import { preferences } from "../preferences/preferences.ts";
import { sitDown } from "../sitting/made-up-sitting.tsx";
import { SittingContext, type Sitting } from "../sitting/sitting.ts";
import { useTurnSounds } from "./sounds.ts";

const bobs = meetingOf(["bob", "ann"], { next: null });
const anns = (endsAt: number) => ({ ...bobs, version: 6, turn: turnOf("@ann:x", { id: 2, endsAt, graceEndsAt: endsAt + 5_000 }) });

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => { cleanup(); vi.useRealTimers(); preferences.set({ sounds: true }); });

/** Ann in a meeting in which Bob speaks; what she hears is told to `play`. */
function listen(sitting: Sitting) {
  const play = vi.fn();
  const Probe = () => { useTurnSounds(play); return null; };
  render(<SittingContext value={sitting}><Probe /></SittingContext>);
  return play;
}

test("one sound when the word comes to me, one when my time is nearly over, and none for others", () => {
  const { sitting, store } = sitDown(bobs);
  const play = listen(sitting);
  expect(play).not.toHaveBeenCalled();
  act(() => store.set({ meeting: anns(1_060_000) }));
  expect(play).toHaveBeenCalledTimes(1);
  act(() => store.set({ meeting: { ...anns(1_060_000), version: 7 } }));
  expect(play).toHaveBeenCalledTimes(1);
  act(() => store.set({ meeting: { ...anns(1_008_000), version: 8 } }));
  expect(play).toHaveBeenCalledTimes(2);
  act(() => store.set({ meeting: { ...bobs, version: 9, turn: turnOf("@bob:x", { id: 3, endsAt: 1_005_000 }) } }));
  expect(play).toHaveBeenCalledTimes(2);
});

test("one sound when I become next, whoever speaks before me", () => {
  const { sitting, store } = sitDown(bobs);
  const play = listen(sitting);
  const iAmNext = { ...bobs, version: 6, next: "@ann:x" };
  act(() => store.set({ meeting: iAmNext }));
  act(() => store.set({ meeting: { ...iAmNext, version: 7 } }));
  expect(play).toHaveBeenCalledTimes(1);
  act(() => store.set({ meeting: { ...anns(1_060_000), version: 8 } }));
  expect(play).toHaveBeenCalledTimes(2);
});

test("whoever switched the sounds off, or is not in the call, hears none", () => {
  preferences.set({ sounds: false });
  const silent = sitDown(bobs);
  const off = listen(silent.sitting);
  act(() => silent.store.set({ meeting: anns(1_060_000) }));
  preferences.set({ sounds: true });
  const outside = sitDown(bobs, { call: { status: "out" } });
  const out = listen(outside.sitting);
  act(() => outside.store.set({ meeting: anns(1_060_000) }));
  expect([off, out].map((play) => play.mock.calls.length)).toEqual([0, 0]);
});
