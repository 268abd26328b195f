// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { preferences } from "../../model/preferences/preferences.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { type Sitting, SittingProvider } from "../../sitting/sitting.tsx";
import { useTurnSounds } from "./sounds.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const bobs = meetingOf(["bob", "ann"], { next: null });
const anns = (endsAt: number) => ({
  ...bobs,
  version: 6,
  turn: turnOf(personId("@ann:x"), { id: 2, endsAt, graceEndsAt: endsAt + 5_000 }),
});

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  preferences.set({ sounds: true });
});

/** Ann in a meeting in which Bob speaks; what she hears is told to `play`. */
function listen(sitting: Sitting) {
  const play = vi.fn();
  const Probe = () => {
    useTurnSounds(play);
    return null;
  };
  render(
    <SittingProvider sitting={sitting}>
      <Probe />
    </SittingProvider>,
  );
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
  act(() =>
    store.set({ meeting: { ...bobs, version: 9, turn: turnOf(personId("@bob:x"), { id: 3, endsAt: 1_005_000 }) } }),
  );
  expect(play).toHaveBeenCalledTimes(2);
});

test("one sound when I become next, whoever speaks before me", () => {
  const { sitting, store } = sitDown(bobs);
  const play = listen(sitting);
  const iAmNext = { ...bobs, version: 6, next: personId("@ann:x") };
  act(() => store.set({ meeting: iAmNext }));
  act(() => store.set({ meeting: { ...iAmNext, version: 7 } }));
  expect(play).toHaveBeenCalledTimes(1);
  act(() => store.set({ meeting: { ...anns(1_060_000), version: 8 } }));
  expect(play).toHaveBeenCalledTimes(2);
});

test("the keeper hears a hand that goes up, once; nobody else does, and one's own makes no sound", () => {
  const kept = { ...bobs, keeper: personId("@ann:x") };
  const { sitting, store } = sitDown(kept);
  const play = listen(sitting);
  const hand = (who: ParticipantId) => ({ who, hand: "reply" as const });
  act(() => store.set({ meeting: { ...kept, version: 6, hands: [hand(personId("@bob:x"))] } }));
  act(() =>
    store.set({ meeting: { ...kept, version: 7, hands: [hand(personId("@bob:x")), hand(personId("@ann:x"))] } }),
  );
  act(() => store.set({ meeting: { ...kept, version: 8, hands: [] } }));
  expect(play).toHaveBeenCalledTimes(1);
  act(() =>
    store.set({ meeting: { ...bobs, keeper: personId("@bob:x"), version: 9, hands: [hand(personId("@bob:x"))] } }),
  );
  expect(play).toHaveBeenCalledTimes(1);
});

test("who writes in silence hears when the time is over", () => {
  const writing = { ...bobs, stage: "writing" as const, turn: null };
  const { sitting, store } = sitDown(writing);
  const play = listen(sitting);
  act(() => store.set({ meeting: { ...writing, version: 6 } }));
  expect(play).not.toHaveBeenCalled();
  act(() => store.set({ meeting: { ...writing, version: 7, stage: "round" } }));
  expect(play).toHaveBeenCalledTimes(1);
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
