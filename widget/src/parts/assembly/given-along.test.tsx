// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { assemblyOf, delegatesOf } from "../../../../tests/browser/fake-service/assembly.ts";
import { recordOfParts, ringThatSaid } from "../../../../tests/browser/fake-service/assembly-record.ts";
import { record as recordOf } from "../../../../tests/support/minutes/meeting.ts";
import { utterance } from "../../../../tests/support/minutes/utterance.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import type { MinutesEntry } from "@mindminder/protocol/meeting-record.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";

const ME = personId("@ann:x");
const meeting = meetingOf(["ann", "bob", "eve"]);
const assembly = assemblyOf(5, ME, 1_000_000);
const [, mine] = assembly.rings;
if (!mine) throw new Error("there is no own ring");

const SENTENCE = {
  text: "Apple trees first.",
  speaker: null,
  from: [{ meeting: meeting.id, utterance: "1.1", turn: 1 }],
};
const SUMMARY: MinutesEntry = {
  about: { kind: "meeting" },
  result: { form: "summary", sentences: [{ text: SENTENCE.text, from: ["1.1"] }] },
  madeBy: { plugin: "summary", version: "1", method: "rules", model: null, prompt: null, at: 0 },
};

beforeAll(() => {
  // A dialog is more than jsdom knows of.
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(cleanup);

async function press(button: HTMLElement) {
  await act(async () => void fireEvent.click(button));
}

test("a group sees its summary, and gives it along by consent, or by its keeper's word", async () => {
  const [first] = mine.people;
  const agreed = { ...mine, keeper: first?.id ?? null, summary: { agreed: first ? [first.id] : [], given: false } };
  const own = (ring: typeof mine) => ({ ...assembly, keeper: null, rings: assembly.rings.with(1, ring) });
  const said = { ...utterance({ text: "Apple trees before anything else.", speaker: ME }), id: "1.1" };
  const record = recordOf({ utterances: [said], minutes: [SUMMARY] });
  const { assemblyAsked } = sitDown(meeting, { assembly: own(agreed), record });
  await press(await screen.findByTestId("open-draft"));
  const draft = within(await screen.findByTestId("our-summary"));
  expect(draft.getByText("Apple trees first.")).toBeTruthy();
  expect(draft.getByText("1 of 5 agree")).toBeTruthy();
  await press(draft.getByTestId("give-along"));
  expect(assemblyAsked).toEqual([{ type: "give-along" }]);
  cleanup();
  sitDown(meeting, { assembly: own({ ...agreed, summary: { agreed: [], given: true } }), record });
  await press(await screen.findByTestId("open-draft"));
  expect(within(await screen.findByTestId("our-summary")).queryByTestId("give-along")).toBeNull();
});

test("while a delegate speaks, what their group gave along stands above the ring", async () => {
  const delegates = delegatesOf(60, ME, 1_000_000);
  const rings = [1, 3].map((ring) => ({
    ...ringThatSaid(meeting.id, SENTENCE),
    ring,
    given: ring === 1,
    delegate: "Bob",
  }));
  const assemblyRecord = recordOfParts([{ number: 1, kind: "rings", title: "", rings }]);
  sitDown(meeting, { assembly: delegates, assemblyRecord });
  const shown = await screen.findByTestId("speaks-for");
  expect(shown.textContent).toBe("Group 1: Apple trees first.");
  await press(shown);
  const given = within(await screen.findByTestId("given-along"));
  expect(given.getAllByRole("heading", { level: 4 }).map(({ textContent }) => textContent)).toEqual([
    "Bob (group 1)confirmed by the group",
    "Bob (group 3)draft",
  ]);
});

test("whose group is done sees how many still talk, and what came out so far", async () => {
  const done = { ...assembly, rings: assembly.rings.with(1, { ...mine, status: "done" as const, turns: null }) };
  const rings = [ringThatSaid(meeting.id, SENTENCE)];
  const assemblyRecord = {
    ...recordOfParts([{ number: 1, kind: "rings", title: "", rings }]),
    summary: [{ ...SENTENCE, rings: [{ part: 1, ring: 1 }] }],
  };
  sitDown(meeting, { assembly: done, assemblyRecord });
  const waits = await screen.findByTestId("done-waits");
  const talking = done.rings.filter(({ status }) => status !== "done").length;
  expect(within(waits).getByRole("heading", { name: "Your group is done." })).toBeTruthy();
  expect(within(waits).getByRole("status").textContent).toContain(`${talking} groups still talk`);
  expect(await within(waits).findByText("Apple trees first.")).toBeTruthy();
});
