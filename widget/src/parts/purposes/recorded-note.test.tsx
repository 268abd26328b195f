/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { afterEach, expect, test } from "vitest";
import type { MyPurpose } from "@mindminder/protocol/purposes.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { openCatalogue } from "../../language/open-catalogue.ts";
import { SittingProvider } from "../../sitting/sitting.tsx";
import { RecordedNote } from "./recorded-note.tsx";

afterEach(cleanup);

const SOUND: MyPurpose = {
  purpose: "sound",
  text: "Sentence on sound.",
  hash: "0".repeat(64),
  given: true,
  since: 1,
  offered: true,
};

async function shows(recorded: { who: readonly string[]; whole?: boolean }, language: "en" | "ru" = "en") {
  const people = recorded.who.map((name) => personId(`@${name}:x`));
  const of = { people, whole: recorded.whole ?? false };
  const { sitting } = sitDown(meetingOf(["ann", "bob"]), { purposes: [SOUND], recorded: of });
  cleanup();
  render(
    <I18nextProvider i18n={openCatalogue(language)}>
      <SittingProvider sitting={sitting}>
        <RecordedNote />
      </SittingProvider>
    </I18nextProvider>,
  );
  await act(async () => new Promise((resolve) => setTimeout(resolve, 0)));
  return { text: () => document.body.textContent, stop: () => screen.queryByTestId("stop-recording") };
}

test("whoever is in a recording is told so, and that it is by their own yes, and can end it", async () => {
  const { text, stop } = await shows({ who: ["ann", "bob"] });
  expect(text()).toMatch(/recorded of those who allowed their sound to be kept: .*and/);
  const button = stop();
  expect(button?.textContent).toBe("Stop recording me");
  if (button) await act(async () => fireEvent.click(button));
});

test("of a whole call it is said that everybody allowed it, and that one ends it for all", async () => {
  const { text, stop } = await shows({ who: ["ann", "bob"], whole: true });
  expect(text()).toContain("everybody in it allowed");
  expect(stop()?.textContent).toBe("Stop the recording");
});

test("whoever is not in it is told whose it is, and has nothing to end; in Russian, too", async () => {
  const { text, stop } = await shows({ who: ["bob"] }, "ru");
  expect(text()).toMatch(/Идёт запись.*Они могут прекратить/);
  expect(stop()).toBeNull();
});
