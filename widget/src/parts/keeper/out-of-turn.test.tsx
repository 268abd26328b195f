// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const meeting = meetingOf(["ann", "bob", "eve"]);
const tried = [
  { who: personId("@bob:x"), times: 1, at: 1 },
  { who: personId("@eve:x"), times: 2, at: 2 },
];
const note = () => document.querySelector<HTMLElement>('[data-banner="out-of-turn"]');

afterEach(cleanup);

test("the keeper is told whose microphone opened out of turn, one after another, until they have put it away", async () => {
  sitDown(meeting, { me: personId("@ann:x"), mayKeep: true, outOfTurn: tried });
  await act(async () => {});
  expect(note()?.textContent).toMatch(/^eve: the microphone opened out of turn 2 times/);
  for (const next of [/^bob: the microphone opened out of turn and was closed/, undefined]) {
    await act(async () => fireEvent.click(within(note()!).getByRole("button")));
    if (next) expect(note()?.textContent).toMatch(next);
    else expect(note()).toBeNull();
  }
});

test("nobody else is told, nor asks", async () => {
  sitDown({ ...meeting, keeper: personId("@ann:x") }, { me: personId("@bob:x"), outOfTurn: tried });
  await act(async () => {});
  expect(screen.queryByText(/out of turn/)).toBeNull();
});
