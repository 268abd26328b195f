// @vitest-environment jsdom
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { meetingOf } from "../../dev/made-up-meeting.ts";
import { sitDown } from "../../dev/made-up-sitting.tsx";
import { useCallPart } from "./call.ts";
import { useMeetingSnapshot, useMeetingState } from "./meeting.ts";
import { SittingProvider } from "./sitting.tsx";

afterEach(cleanup);

/** Counts how often a part is drawn that reads by this hook. */
function drawnBy(read: () => unknown) {
  const { sitting, unmount } = sitDown(meetingOf(["ann", "bob"]));
  unmount();
  let drawn = 0;
  function Part() {
    read();
    drawn += 1;
    return null;
  }
  render(
    <SittingProvider sitting={sitting}>
      <Part />
    </SittingProvider>,
  );
  return { sitting, drawn: () => drawn };
}

test("what shows the meeting alone is drawn anew by the meeting, and not by who hears whom", () => {
  const { sitting, drawn } = drawnBy(useMeetingSnapshot);
  act(() => sitting.store.set({ reached: false }));
  expect(drawn()).toBe(1);
  act(() => sitting.store.set({ meeting: meetingOf(["ann", "bob", "cid"], { version: 6 }) }));
  expect(drawn()).toBe(2);
});

test("what shows all that is known is drawn anew by each of it", () => {
  const { sitting, drawn } = drawnBy(useMeetingState);
  act(() => sitting.store.set({ reached: false }));
  expect(drawn()).toBe(2);
});

test("what shows one thing of the call is not drawn anew by another", () => {
  const { sitting, drawn } = drawnBy(() => useCallPart((state) => state.status));
  act(() => sitting.call.set({ microphone: "open" }));
  expect(drawn()).toBe(1);
  act(() => sitting.call.set({ status: "lost" }));
  expect(drawn()).toBe(2);
});
