/** @vitest-environment jsdom */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import { afterEach, expect, test } from "vitest";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";
import { openCatalogue } from "../../language/open-catalogue.ts";
import { SittingProvider } from "../../sitting/sitting.tsx";
import { AccountSetting } from "./account-setting.tsx";

afterEach(cleanup);

const press = (name: string) =>
  act(async () => {
    fireEvent.click(screen.getByRole("button", { name }));
  });

test("one's own account is fetched when it is asked for, and then quarter by quarter back", async () => {
  const { sitting } = sitDown(meetingOf(["ann", "bob"]));
  cleanup();
  // By itself, for jsdom knows no dialogs.
  render(
    <I18nextProvider i18n={openCatalogue("en")}>
      <SittingProvider sitting={sitting}>
        <AccountSetting />
      </SittingProvider>
    </I18nextProvider>,
  );
  expect(screen.queryByTestId("account")).toBeNull();
  await press("Show");
  expect(screen.getByTestId("account").textContent).toBe("2026-Q4Minutes facilitated: 42Tasks finished: 3");
  await press("Earlier");
  expect(screen.getByTestId("account").textContent).toBe("2026-Q3Nothing was counted in this quarter.");
});
