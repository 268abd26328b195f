/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { afterEach, expect, test } from "vitest";
import type { MyPurpose } from "@mindminder/protocol/purposes.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { openCatalogue } from "../../language/open-catalogue.ts";
import { SittingProvider } from "../../sitting/sitting.tsx";
import { PurposeQuestion } from "./purpose-question.tsx";
import { PurposesSetting } from "./purposes-setting.tsx";

afterEach(cleanup);

const purpose = (of: MyPurpose["purpose"], more: Partial<MyPurpose> = {}): MyPurpose => ({
  purpose: of,
  text: `Sentence on ${of}.`,
  hash: "0".repeat(64),
  given: null,
  since: null,
  offered: true,
  ...more,
});

async function shows(part: React.ReactNode, purposes: readonly MyPurpose[]) {
  const meeting = meetingOf(["ann", "bob"], { phase: "ended", turn: null, endedAt: 2_000_000 });
  const { sitting } = sitDown(meeting, { purposes });
  cleanup();
  // By itself, for jsdom knows no dialogs.
  render(
    <I18nextProvider i18n={openCatalogue("en")}>
      <SittingProvider sitting={sitting}>{part}</SittingProvider>
    </I18nextProvider>,
  );
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
}

test("each purpose is a sentence with a switch of its own, and shows what is in force", async () => {
  await shows(<PurposesSetting />, [purpose("sound", { given: true }), purpose("improve", { given: false })]);
  const [sound, improve] = screen.getAllByRole<HTMLInputElement>("checkbox");
  expect([sound?.checked, improve?.checked]).toEqual([true, false]);
  await act(async () => fireEvent.click(screen.getByTestId("purpose-improve")));
  expect(screen.getByTestId<HTMLInputElement>("purpose-improve").checked).toBe(true);
});

test("what this server has no use for is not there, unless it was given and can be taken back", async () => {
  await shows(<PurposesSetting />, [
    purpose("improve", { offered: false }),
    purpose("publish", { offered: false, given: true }),
  ]);
  expect(screen.queryByText("Sentence on improve.")).toBeNull();
  expect(screen.getByTestId("purpose-publish")).toBeTruthy();
});

test("after a meeting one question is asked at a time, and none that was answered", async () => {
  await shows(<PurposeQuestion />, [
    purpose("write"),
    purpose("sound", { given: false }),
    purpose("improve"),
    purpose("publish"),
  ]);
  expect(screen.getByTestId("purpose-question").textContent).toContain("Sentence on improve.");
  expect(screen.getAllByRole("button")).toHaveLength(2);
  await shows(<PurposeQuestion />, [purpose("write"), purpose("sound", { given: false })]);
  expect(screen.queryByTestId("purpose-question")).toBeNull();
});

test("one's words are erased once it was said what that means, and one is sure", async () => {
  await shows(<PurposesSetting />, []);
  await act(async () => fireEvent.click(screen.getByTestId("erase-my-words")));
  expect(screen.getByRole("status").textContent).toBe("All of it, for good.");
  await act(async () => fireEvent.click(screen.getByTestId("keep-my-words")));
  expect(screen.getByRole("status").textContent).toBe("");
  await act(async () => fireEvent.click(screen.getByTestId("erase-my-words")));
  await act(async () => fireEvent.click(screen.getByTestId("erase-for-good")));
  expect(screen.getByRole("status").textContent).toBe("Being erased.");
  expect(screen.queryByTestId("erase-my-words")).toBeNull();
});
