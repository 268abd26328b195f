// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { meetingOf, turnOf } from "../../../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../../../tests/support/protocol/ids.ts";

type Vote = NonNullable<CircleSnapshot["vote"]>;

const ANN = personId("@ann:x");
const BOB = personId("@bob:x");
const base = meetingOf(["ann", "bob", "eve"]);

const textIn = (number: number, text: string) => ({ number, who: BOB, text });
const VOTE: Vote = [
  { name: "Water", texts: [textIn(1, "a tap"), textIn(3, "a barrel")], dots: null },
  { name: "", texts: [textIn(2, "a list")], dots: null },
];

function voteMeeting(change: Partial<MeetingSnapshot>, vote = VOTE): MeetingSnapshot {
  const circles = base.circles.map((circle) =>
    circle.index === 0 ? { ...circle, kind: "dot-vote" as const, vote } : circle,
  );
  return { ...base, circles, ...change };
}
const grouping = voteMeeting({ stage: "grouping" });
const voting = voteMeeting({ stage: "voting", stageEndsAt: 1_100_000, turn: null, wrote: [BOB] });

beforeEach(() => void vi.spyOn(console, "error"));
afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
  cleanup();
  vi.restoreAllMocks();
});

const press = (element: HTMLElement) => act(async () => fireEvent.click(element));
const button = (name: string) => screen.getByRole("button", { name });
const dotsLeft = () => screen.getByTestId("dots-left").textContent;

/** Sits down where texts are grouped: what that needs is fetched when it comes to it. */
async function sitAndGroup(...given: Parameters<typeof sitDown>) {
  const seat = sitDown(...given);
  await screen.findByTestId("grouping-panel");
  return seat;
}

async function sitAndVote(meeting: MeetingSnapshot, on: readonly number[] = []) {
  const seat = sitDown(meeting, { me: ANN, myDots: { circle: 0, on: [...on] } });
  await act(async () => undefined);
  return seat;
}

test("whoever has the word puts texts together under a name", async () => {
  const { wishes } = await sitAndGroup(grouping, { me: ANN });
  await press(screen.getByRole("checkbox", { name: "Choose: a list" }));
  await press(screen.getByRole("checkbox", { name: "Choose: Water" }));
  const name = screen.getByLabelText<HTMLInputElement>("Name (if you like)");
  expect(name.value).toBe("Water");
  await act(async () => fireEvent.change(name, { target: { value: " Water for all " } }));
  await press(button("Put these 2 together"));
  expect(wishes).toEqual([{ type: "group-texts", texts: [1, 3, 2], name: "Water for all" }]);
  expect(screen.queryByTestId("put-together")).toBeNull();
});

test("a text is taken out of its group again", async () => {
  const { wishes } = await sitAndGroup(grouping, { me: ANN });
  await press(screen.getByRole("checkbox", { name: "Choose: Water" }));
  await press(button("Take 3 out"));
  expect(wishes).toEqual([{ type: "group-texts", texts: [3], name: "" }]);
});

test("others read who groups, and have nothing to choose", async () => {
  await sitAndGroup({ ...grouping, turn: turnOf(BOB) }, { me: ANN });
  expect(screen.getByTestId("grouping-panel").textContent).toContain("bob has the word and puts texts together.");
  expect(screen.getAllByTestId("vote-group")).toHaveLength(2);
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("nobody groups while the meeting is paused", async () => {
  await sitAndGroup({ ...grouping, paused: true }, { me: ANN });
  expect(screen.getAllByTestId("vote-group")).toHaveLength(2);
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("dots are given and taken back one by one, and how many are left is said", async () => {
  const { wishes } = await sitAndVote(voting, [1]);
  expect(screen.getByTestId("dots-left").getAttribute("aria-live")).toBe("polite");
  expect(dotsLeft()).toBe("2 dots left");
  await press(button("One dot for: Water"));
  expect(dotsLeft()).toBe("1 dot left");
  await press(button("One dot for: a list"));
  expect(dotsLeft()).toBe("All your dots are given. You can take some back until the end.");
  await press(button("One dot for: a list"));
  await press(button("Take a dot back from: Water"));
  expect(dotsLeft()).toBe("1 dot left");
  expect(wishes).toEqual([
    { type: "give-dots", on: [1, 1] },
    { type: "give-dots", on: [1, 1, 2] },
    { type: "give-dots", on: [1, 2] },
  ]);
});

test("the keyboard keeps its place: a button that has nothing more to give stays where it is", async () => {
  await sitAndVote(voting, [1, 1]);
  const more = button("One dot for: a list");
  more.focus();
  await press(more);
  expect(dotsLeft()).toMatch(/^All your dots/);
  expect(more.ariaDisabled).toBe("true");
  expect(document.activeElement).toBe(more);
  expect(more.tagName).toBe("BUTTON");
});

test("no count is shown before the end, even if one were sent: only how many have given all", async () => {
  const told = VOTE.map((group) => ({ ...group, dots: 77 }));
  await sitAndVote(voteMeeting({ stage: "voting", stageEndsAt: 1_100_000, turn: null, wrote: [BOB] }, told), [1]);
  expect(screen.queryByTestId("vote-result")).toBeNull();
  expect(document.body.textContent).not.toContain("77");
  expect(screen.getByTestId("dots-done").textContent).toBe("1 of 3 have given all their dots");
});

test("while paused no dot moves", async () => {
  const { wishes } = await sitAndVote({ ...voting, paused: true }, [1]);
  for (const name of ["One dot for: Water", "Take a dot back from: Water"]) {
    expect(button(name).ariaDisabled).toBe("true");
    await press(button(name));
  }
  expect(wishes).toEqual([]);
  expect(dotsLeft()).toBe("2 dots left");
});

test("nothing can be given before it is known what was given", async () => {
  const { wishes } = sitDown(voting, { me: ANN, myDots: { circle: 0, on: [1, 1, 1] } });
  fireEvent.click(button("One dot for: Water"));
  await act(async () => undefined);
  expect(wishes).toEqual([]);
  expect(dotsLeft()).toMatch(/^All your dots/);
});
